import { z } from 'zod';

/** Where a scanner takes its paper from. */
const scanSource = z.enum(['platen', 'feeder']);
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
