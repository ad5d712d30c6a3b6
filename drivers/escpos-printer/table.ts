import type { PrintBlock } from '../../src/domain/print-document.ts';
import { repeated } from './glyphs.ts';
import type { Glyph } from './glyphs.ts';
import { paragraphs, widthOf, wrap } from './wrap.ts';
import type { Paper } from './wrap.ts';
import type { Align } from './protocol.ts';

type TableBlock = Extract<PrintBlock, { kind: 'table' }>;

/** One line of a table, as wide as the paper. */
export interface TableLine {
  readonly glyphs: readonly Glyph[];
  readonly heading: boolean;
}

interface Column {
  readonly width: number;
  readonly align: Align;
}

/** The heading and the rows, each in as many lines as its longest cell needs. Between two columns one stays free. */
export function tableLines({ columns, heading, rows }: TableBlock, paper: Paper): TableLine[] {
  const widths = columnsOf(columns, paper.columns);
  const lines = (row: readonly string[], isHeading: boolean): TableLine[] =>
    rowLines(row, widths, paper).map((glyphs) => ({ glyphs, heading: isHeading }));
  return [...(heading ? lines(heading, true) : []), ...rows.flatMap((row) => lines(row, false))];
}

/** A Chinese character must fit into the narrowest column. */
const NARROWEST = 2;

/** The room between the gaps, shared out; what rounding leaves goes to the widest column. */
function columnsOf(columns: TableBlock['columns'], paperColumns: number): Column[] {
  const room = paperColumns - (columns.length - 1);
  const shares = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => Math.max(NARROWEST, Math.floor((room * share) / shares)));
  const widest = widths.indexOf(Math.max(...widths));
  const rest = room - widths.reduce((sum, width) => sum + width, 0);
  return columns.map(({ align }, index) => ({
    width: (widths[index] ?? 0) + (index === widest ? rest : 0),
    align: align ?? 'left',
  }));
}

function rowLines(row: readonly string[], columns: readonly Column[], paper: Paper): Glyph[][] {
  const cells = columns.map(({ width }, index) =>
    paragraphs(row[index] ?? '', paper).flatMap((glyphs) => wrap(glyphs, width)),
  );
  const height = Math.max(...cells.map((cell) => cell.length));
  return Array.from({ length: height }, (_, line) =>
    columns.flatMap((column, index) => [
      ...(index === 0 ? [] : spaces(1, paper)),
      ...padded(cells[index]?.[line] ?? [], column, paper),
    ]),
  );
}

function padded(glyphs: readonly Glyph[], { width, align }: Column, paper: Paper): Glyph[] {
  const free = width - widthOf(glyphs);
  const before = align === 'right' ? free : align === 'centre' ? Math.floor(free / 2) : 0;
  return [...spaces(before, paper), ...glyphs, ...spaces(free - before, paper)];
}

const spaces = (columns: number, paper: Paper): Glyph[] => repeated(' ', columns, paper.glyphs);
