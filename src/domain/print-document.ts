import { z } from 'zod';

const align = z.enum(['left', 'centre', 'right']);

/** A picture wider than the widest paper (80 mm) is no logo; one this high already takes 6 cm of paper. */
const IMAGE_ROW_BYTES = 72;
const IMAGE_ROWS = 512;

const tableBlock = z
  .strictObject({
    kind: z.literal('table'),
    /** `share`: this column's part of the width of the paper, beside the shares of the others. */
    columns: z
      .array(z.strictObject({ share: z.int().min(1).max(12), align: align.optional() }))
      .min(1)
      .max(6),
    heading: z.array(z.string()).optional(),
    /** One text for each column; a text that does not fit goes on below itself. */
    rows: z.array(z.array(z.string())).min(1).max(100),
  })
  .refine(
    ({ columns, heading, rows }) => [heading ?? rows[0], ...rows].every((row) => row?.length === columns.length),
    {
      error: 'each row has one text for each column',
    },
  );

const imageBlock = z
  .strictObject({
    kind: z.literal('image'),
    rowBytes: z.int().min(1).max(IMAGE_ROW_BYTES),
    rows: z.int().min(1).max(IMAGE_ROWS),
    /** One bit for each dot, 1 = black, the leftmost in the highest bit; rows padded to whole bytes; base64. */
    dots: z.base64(),
  })
  .refine(({ rowBytes, rows, dots }) => bytesIn(dots) === rowBytes * rows, { error: 'as many bytes as the size says' });

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
    /** How many times the normal width and height. */
    size: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]).optional(),
  }),
  /** A label at the left and a value at the right; the value goes to further lines when it does not fit. */
  z.strictObject({ kind: z.literal('pair'), label: z.string(), value: z.string() }),
  tableBlock,
  z.strictObject({ kind: z.literal('rule') }),
  z.strictObject({ kind: z.literal('feed'), lines: z.int().min(1).max(20) }),
  /** UTF-8 content of a QR code, error level M. `module` is the dot size of one module, 3 to 8. */
  z.strictObject({ kind: z.literal('qr'), content: z.string().min(1).max(300), module: z.int().min(3).max(8) }),
  /** Code 128 of printable ASCII with its text below; where the paper is too narrow for it the text stands alone. */
  z.strictObject({ kind: z.literal('barcode'), content: z.string().regex(/^[ -~]{1,48}$/u) }),
  /** A small picture in black and white, such as an emblem, in the middle; made smaller where the paper is narrower. */
  imageBlock,
  z.strictObject({ kind: z.literal('cut') }),
]);
export type PrintBlock = z.infer<typeof printBlock>;

export const printDocument = z.array(printBlock).min(1).max(400);
export type PrintDocument = z.infer<typeof printDocument>;

/** Bytes that a base64 text stands for. */
function bytesIn(base64: string): number {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return (base64.length / 4) * 3 - padding;
}
