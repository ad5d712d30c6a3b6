import { z } from 'zod';
import { done, refused, type Result } from './result.ts';

/** Where a scanner takes its paper from. */
export const scanSource = z.enum(['platen', 'feeder']);
export type ScanSource = z.infer<typeof scanSource>;
const scanColour = z.enum(['colour', 'grey', 'black-white']);

/** One scan job. */
export const scanRequest = z.strictObject({
  source: scanSource,
  colour: scanColour,
  /** Dots per inch, in both directions. */
  resolution: z.int().min(75).max(1_200),
  /** Both sides; only from a feeder that can. */
  duplex: z.boolean(),
});
export type ScanRequest = z.infer<typeof scanRequest>;

/** What a scanner can do, as it says itself. */
export const scannerCapabilities = z.strictObject({
  sources: z.array(scanSource).min(1),
  colours: z.array(scanColour).min(1),
  resolutions: z.array(z.int().positive()).min(1),
  duplex: z.boolean(),
});
export type ScannerCapabilities = z.infer<typeof scannerCapabilities>;

/** Dots per inch at which small print on a page can be read, and a page is not larger than it has to be. */
const READABLE = 200;

/**
 * How a page of a material is scanned, from what the scanner offers: one side, since the back of a sheet is another page that
 * the person decides about; in colour for seals and signatures. Black and white is not asked for: it comes as a kind of picture
 * that is not handed in.
 */
export function chooseScan(
  { sources, colours, resolutions }: ScannerCapabilities,
  source: ScanSource,
): Result<ScanRequest, 'unsupported'> {
  const colour = (['colour', 'grey'] as const).find((one) => colours.includes(one));
  const usable = resolutions.filter((one) => scanRequest.shape.resolution.safeParse(one).success);
  const sharp = usable.filter((one) => one >= READABLE);
  const resolution = sharp.length > 0 ? Math.min(...sharp) : Math.max(...usable);
  if (!sources.includes(source) || colour === undefined || usable.length === 0) return refused('unsupported');
  return done({ source, colour, resolution, duplex: false });
}
