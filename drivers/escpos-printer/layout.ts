import type { PrintBlock, PrintDocument } from '../../src/domain/print-document.ts';
import { assertNever } from '../../src/domain/result.ts';
import { glyphsOf } from './glyphs.ts';
import type { Glyph, GlyphSet } from './glyphs.ts';
import type { Align } from './protocol.ts';

/** A document cut into what fits on one line of paper. */
export type PaperLine =
  | {
      readonly kind: 'text';
      readonly glyphs: readonly Glyph[];
      readonly align: Align;
      readonly bold: boolean;
      readonly size: 1 | 2;
    }
  | { readonly kind: 'feed'; readonly lines: number }
  | { readonly kind: 'qr'; readonly content: string; readonly module: number }
  | { readonly kind: 'cut' };

export interface Paper {
  readonly dots: number;
  readonly columns: number;
  readonly glyphs: GlyphSet;
}

export function layOut(document: PrintDocument, paper: Paper): PaperLine[] {
  return document.flatMap((block) => linesOf(block, paper));
}

function linesOf(block: PrintBlock, paper: Paper): PaperLine[] {
  switch (block.kind) {
    case 'text': {
      const size = block.size ?? 1;
      const style = { align: block.align ?? 'left', bold: block.bold ?? false, size } as const;
      return paragraphs(block.text, paper.glyphs)
        .flatMap((glyphs) => wrap(glyphs, Math.floor(paper.columns / size)))
        .map((glyphs) => ({ kind: 'text', glyphs, ...style }));
    }
    case 'pair':
      return pairLines(block.label, block.value, paper).map(plain);
    case 'rule':
      return [plain(glyphsOf('-'.repeat(paper.columns), paper.glyphs))];
    case 'qr':
      return [{ kind: 'qr', content: block.content, module: fittingModule(block.content, block.module, paper.dots) }];
    case 'feed':
    case 'cut':
      return [block];
    default:
      return assertNever(block);
  }
}

const plain = (glyphs: readonly Glyph[]): PaperLine => ({ kind: 'text', glyphs, align: 'left', bold: false, size: 1 });

const paragraphs = (text: string, set: GlyphSet): Glyph[][] =>
  text.split(/\r\n|\r|\n/u).map((line) => glyphsOf(line, set));

const widthOf = (glyphs: readonly Glyph[]): number => glyphs.reduce((sum, glyph) => sum + glyph.columns, 0);

/**
 * On one line, the value ends at the right edge. A longer value gets the space right of its label and goes on below itself;
 * beside a label of more than half the width it would be squeezed, so there it stands below, indented.
 */
function pairLines(label: string, value: string, paper: Paper): Glyph[][] {
  const space = (columns: number): Glyph[] => glyphsOf(' '.repeat(columns), paper.glyphs);
  const left = glyphsOf(label.replaceAll(/\s+/gu, ' '), paper.glyphs);
  const right = paragraphs(value, paper.glyphs);
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

const closing = new Set('，。、；：！？）》〉】」』”’…·,.;:!?)]}%％');
const opening = new Set('（《〈【「『“‘([{￥');
const isSpace = (glyph: Glyph): boolean => glyph.char === ' ';

/** A line may end between these two: never inside a number or a Latin word, before a closing or after an opening mark. */
function mayBreak(before: Glyph, after: Glyph): boolean {
  if (closing.has(after.char) || opening.has(before.char)) return false;
  if (isSpace(before) || isSpace(after)) return true;
  return before.columns === 2 || after.columns === 2;
}

/** At least one line, each at most so many columns wide. A word longer than a line is cut. */
export function wrap(glyphs: readonly Glyph[], columns: number): Glyph[][] {
  const lines: Glyph[][] = [];
  let line: Glyph[] = [];
  for (const glyph of glyphs) {
    line.push(glyph);
    while (widthOf(line) > columns) {
      const end = breakPoint(line);
      const kept = trimEnd(line.slice(0, end));
      if (kept.length > 0) lines.push(kept);
      line = trimStart(line.slice(end));
    }
  }
  if (lines.length === 0) return [line];
  if (line.length > 0) lines.push(trimEnd(line));
  return lines;
}

/** How many glyphs of an overfull line stay; its last glyph is the one too many. */
function breakPoint(line: readonly Glyph[]): number {
  for (let end = line.length - 1; end > 0; end -= 1) {
    const before = line[end - 1];
    const after = line[end];
    if (before && after && mayBreak(before, after)) return end;
  }
  return line.length - 1;
}

function trimEnd(line: Glyph[]): Glyph[] {
  let end = line.length;
  while (line[end - 1]?.char === ' ') end -= 1;
  return line.slice(0, end);
}

function trimStart(line: Glyph[]): Glyph[] {
  const start = line.findIndex((glyph) => !isSpace(glyph));
  return start === -1 ? [] : line.slice(start);
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
