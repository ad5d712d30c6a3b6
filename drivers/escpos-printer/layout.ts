import type { PrintBlock, PrintDocument } from '../../src/domain/print-document.ts';
import { assertNever } from '../../src/domain/result.ts';
import { code128Modules } from './code-128.ts';
import { glyphsOf, repeated } from './glyphs.ts';
import type { Glyph } from './glyphs.ts';
import { fitting } from './picture.ts';
import type { Picture } from './picture.ts';
import type { Align } from './protocol.ts';
import { tableLines } from './table.ts';
import { paragraphs, widthOf, wrap } from './wrap.ts';
import type { Paper } from './wrap.ts';

/** A document cut into what fits on one line of paper. */
export type PaperLine =
  | {
      readonly kind: 'text';
      readonly glyphs: readonly Glyph[];
      readonly align: Align;
      readonly bold: boolean;
      readonly size: TextSize;
    }
  | { readonly kind: 'feed'; readonly lines: number }
  | { readonly kind: 'qr'; readonly content: string; readonly module: number }
  | { readonly kind: 'barcode'; readonly content: string; readonly module: number }
  | { readonly kind: 'image'; readonly picture: Picture }
  | { readonly kind: 'cut' };

export type TextSize = 1 | 2 | 3 | 4;

export function layOut(document: PrintDocument, paper: Paper): PaperLine[] {
  return document.flatMap((block) => linesOf(block, paper));
}

function linesOf(block: PrintBlock, paper: Paper): PaperLine[] {
  switch (block.kind) {
    case 'text':
      return textLines(block, paper);
    case 'pair':
      return pairLines(block.label, block.value, paper).map(plain);
    case 'table':
      return tableLines(block, paper).map(({ glyphs, heading }) => ({ ...plain(glyphs), bold: heading }));
    case 'rule':
      return [plain(repeated('-', paper.columns, paper.glyphs))];
    case 'barcode':
      return barcodeLines(block.content, paper);
    case 'image': {
      const dots = new Uint8Array(Buffer.from(block.dots, 'base64'));
      return [{ kind: 'image', picture: fitting({ rowBytes: block.rowBytes, dots }, paper.dots) }];
    }
    case 'qr':
      return [{ kind: 'qr', content: block.content, module: fittingModule(block.content, block.module, paper.dots) }];
    case 'feed':
    case 'cut':
      return [block];
    default:
      return assertNever(block);
  }
}

/** A drawn character comes in one size only, so a text with one stands in normal size. */
function textLines(block: Extract<PrintBlock, { kind: 'text' }>, paper: Paper): PaperLine[] {
  const lines = paragraphs(block.text, paper);
  const size = lines.some((glyphs) => glyphs.some((glyph) => glyph.drawn)) ? 1 : (block.size ?? 1);
  const style = { align: block.align ?? 'left', bold: block.bold ?? false, size } as const;
  return lines
    .flatMap((glyphs) => wrap(glyphs, Math.floor(paper.columns / size)))
    .map((glyphs) => ({ kind: 'text', glyphs, ...style }));
}

const plain = (glyphs: readonly Glyph[]): PaperLine => ({ kind: 'text', glyphs, align: 'left', bold: false, size: 1 });

/**
 * On one line, the value ends at the right edge. A longer value gets the space right of its label and goes on below itself;
 * beside a label of more than half the width it would be squeezed, so there it stands below, indented.
 */
function pairLines(label: string, value: string, paper: Paper): Glyph[][] {
  const space = (columns: number): Glyph[] => repeated(' ', columns, paper.glyphs);
  const left = glyphsOf(label.replaceAll(/\s+/gu, ' '), paper.glyphs, paper.rare);
  const right = paragraphs(value, paper);
  const leftWidth = widthOf(left);
  const only = right.length === 1 ? right[0] : undefined;
  if (only && leftWidth + 1 + widthOf(only) <= paper.columns) {
    return [[...left, ...space(paper.columns - leftWidth - widthOf(only)), ...only]];
  }
  const beside = leftWidth < paper.columns / 2;
  const indent = beside ? leftWidth + 1 : 2;
  const rows = right.flatMap((glyphs) => wrap(glyphs, paper.columns - indent));
  if (beside) return rows.map((row, index) => [...(index === 0 ? [...left, ...space(1)] : space(indent)), ...row]);
  return [...wrap(left, paper.columns), ...rows.map((row) => [...space(indent), ...row])];
}

/** Bytes that fit into a QR code of version 1, 2, 3 ... in byte mode at error level M (ISO/IEC 18004, table 7). */
const qrCapacities = [
  14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666, 711, 779, 857, 911,
  997, 1059, 1125, 1190, 1264,
];

/** The wanted dots for one module, or as many as leave the whole code on the paper: a printer silently drops one that is too wide. */
function fittingModule(content: string, wanted: number, dots: number): number {
  const length = new TextEncoder().encode(content).length;
  const version = qrCapacities.findIndex((capacity) => length <= capacity) + 1;
  if (version === 0) throw new Error('QR content is longer than a print document allows');
  const side = 17 + 4 * version;
  return Math.max(1, Math.min(wanted, Math.floor(dots / side)));
}

/** White at each side that a reader of bar codes needs, in modules. */
const QUIET_ZONE = 10;
const WIDEST_BAR = 3;
const NARROWEST_BAR = 2;

/** As wide as the paper allows; where it does not, the text alone, since a printer silently drops a code that is too wide. */
function barcodeLines(content: string, paper: Paper): PaperLine[] {
  const modules = code128Modules(content) + 2 * QUIET_ZONE;
  const module = Math.min(WIDEST_BAR, Math.floor(paper.dots / modules));
  if (module >= NARROWEST_BAR) return [{ kind: 'barcode', content, module }];
  return textLines({ kind: 'text', text: content, align: 'centre' }, paper);
}
