import { z } from 'zod';
import manifest from './manifest.json' with { type: 'json' };

const printerProfile = z.strictObject({
  /** Printable width in dots at 203 dpi. */
  dots: z.int().positive(),
  /** Columns of font A (12 dots each); a Chinese character takes two. */
  columns: z.int().min(16),
  /** Which two-byte codes have a glyph in the printer's ROM. */
  glyphs: z.enum(['gb18030', 'gbk']),
  /** How the printer says that all before was printed: `GS ( H` function 48, `GS r 1`, or not at all. */
  completion: z.enum(['process-id', 'status-request', 'none']),
  /** Forgets what it has received when asked by `DLE DC4` function 8, and says so. */
  clears: z.boolean(),
  /** `maybe`: one-way connections exist that never answer `DLE EOT`; silence then means unknown instead of offline. */
  answersStatus: z.enum(['always', 'maybe']),
  /** The framing that the configuration of a HID link needs. One that tells how many bytes a report has: zeros would be pictures' dots. */
  framing: z.enum(['length-prefixed-64', 'cp2110']).optional(),
});
export type PrinterProfile = z.infer<typeof printerProfile>;

const profiles = z.record(z.string(), printerProfile).parse(manifest.profiles);
export const profileNames: readonly string[] = Object.keys(profiles);

/** Throws for a name that the manifest does not have: the configuration was checked against {@link profileNames} before. */
export function profileNamed(name: string): PrinterProfile {
  const profile = profiles[name];
  if (!profile) throw new Error(`escpos-printer has no profile ${name}`);
  return profile;
}
