import { z } from 'zod';

const align = z.enum(['left', 'centre', 'right']);

/**
 * What a ticket printer can put on paper, without any printer's commands: a list of blocks from top to bottom.
 * Widths are counted in display columns (East Asian wide characters take two); a printer driver wraps lines itself.
 */
export const printBlock = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('text'),
    text: z.string(),
    align: align.optional(),
    bold: z.boolean().optional(),
    /** 1 = normal; 2 = double width and height. */
    size: z.union([z.literal(1), z.literal(2)]).optional(),
  }),
  /** A label at the left and a value at the right; the value goes to further lines when it does not fit. */
  z.strictObject({ kind: z.literal('pair'), label: z.string(), value: z.string() }),
  z.strictObject({ kind: z.literal('rule') }),
  z.strictObject({ kind: z.literal('feed'), lines: z.int().min(1).max(20) }),
  /** UTF-8 content of a QR code, error level M. `module` is the dot size of one module, 3 to 8. */
  z.strictObject({ kind: z.literal('qr'), content: z.string().min(1).max(300), module: z.int().min(3).max(8) }),
  z.strictObject({ kind: z.literal('cut') }),
]);
export type PrintBlock = z.infer<typeof printBlock>;

export const printDocument = z.array(printBlock).min(1).max(400);
export type PrintDocument = z.infer<typeof printDocument>;
