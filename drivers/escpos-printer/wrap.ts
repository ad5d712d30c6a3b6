import { glyphsOf } from './glyphs.ts';
import type { DrawRare, Glyph, GlyphSet } from './glyphs.ts';

export interface Paper {
  readonly dots: number;
  readonly columns: number;
  readonly glyphs: GlyphSet;
  /** Draws what the printer's ROM has not; a printer without it prints the geta mark. */
  readonly rare?: DrawRare | undefined;
}

export function paragraphs(text: string, { glyphs, rare }: Paper): Glyph[][] {
  const isOne = !text.includes('\n') && !text.includes('\r');
  return (isOne ? [text] : text.split(/\r\n|\r|\n/u)).map((line) => glyphsOf(line, glyphs, rare));
}

export function widthOf(glyphs: readonly Glyph[]): number {
  let width = 0;
  for (const { columns } of glyphs) width += columns;
  return width;
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
  if (widthOf(glyphs) <= columns) return [glyphs.slice()];
  const lines: Glyph[][] = [];
  let line: Glyph[] = [];
  let width = 0;
  for (const glyph of glyphs) {
    line.push(glyph);
    width += glyph.columns;
    while (width > columns) {
      const end = breakPoint(line);
      const kept = trimEnd(line.slice(0, end));
      if (kept.length > 0) lines.push(kept);
      line = trimStart(line.slice(end));
      width = widthOf(line);
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
