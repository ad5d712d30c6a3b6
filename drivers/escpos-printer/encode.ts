import type { PrintDocument } from '../../src/domain/print-document.ts';
import { assertNever } from '../../src/domain/result.ts';
import { code128Data } from './code-128.ts';
import { lacksGlyphs } from './glyphs.ts';
import type { Glyph } from './glyphs.ts';
import { layOut } from './layout.ts';
import type { PaperLine, TextSize } from './layout.ts';
import { BAND_BYTES } from './limits.ts';
import { bandsOf } from './picture.ts';
import * as command from './protocol.ts';
import type { Paper } from './wrap.ts';

export interface EncodedDocument {
  /** Whole commands each: feeding may stop between two pieces and leaves the printer waiting for nothing. */
  readonly pieces: readonly Uint8Array[];
  /** `missing-glyphs`: at least one character is printed as 〓. Which one is not told, it may be part of a name. */
  readonly warning?: 'missing-glyphs';
}

/** The blocks of a document for an initialised printer, without any status command. */
export function encodeDocument(document: PrintDocument, paper: Paper): EncodedDocument {
  const lines = layOut(document, paper);
  const style: Style = { align: 'left', bold: false, size: 1 };
  const pieces = [command.chineseMode, ...lines.flatMap((line) => encodeLine(line, style))];
  const missing = lines.some((line) => line.kind === 'text' && lacksOne(line.glyphs));
  return missing ? { pieces, warning: 'missing-glyphs' } : { pieces };
}

function lacksOne(glyphs: readonly Glyph[]): boolean {
  for (const { missing } of glyphs) if (missing) return true;
  return false;
}

/**
 * What {@link encodeDocument} begins with and what moves no paper yet: the first line up to its feed, as long as it is text. The
 * printer keeps that in its line buffer, and forgets it when initialised.
 */
export function encodeBeginning(document: PrintDocument, paper: Paper): Uint8Array {
  const [first] = document;
  if (!first || !writesLines.has(first.kind)) return command.chineseMode;
  const [mode, line] = encodeDocument([first], paper).pieces;
  return join([mode ?? command.chineseMode, line?.subarray(0, -command.lineFeed.length) ?? new Uint8Array()]);
}

const writesLines: ReadonlySet<PrintDocument[number]['kind']> = new Set(['text', 'pair', 'rule']);

/** What the printer is set to. */
interface Style {
  align: command.Align;
  bold: boolean;
  size: TextSize;
}

function encodeLine(line: PaperLine, style: Style): Uint8Array[] {
  const centred = (symbol: Uint8Array): Uint8Array => join([...change(style, { ...style, align: 'centre' }), symbol]);
  switch (line.kind) {
    case 'text':
      return [textLine(change(style, line), line.glyphs)];
    case 'feed':
      return [command.feed(line.lines)];
    case 'qr':
      return [centred(command.qrCode(line.content, line.module))];
    case 'barcode':
      return [centred(command.barcode(code128Data(line.content), line.module))];
    case 'image': {
      const { picture } = line;
      return bandsOf(picture, BAND_BYTES).map((band) => centred(command.raster(picture.rowBytes, band)));
    }
    case 'cut':
      return [command.feedAndCut];
    default:
      return assertNever(line);
  }
}

/** Whether the document has a character that must be drawn, so that the drawings are worth their memory. */
export function needsRare(document: PrintDocument, { glyphs }: Paper): boolean {
  return document.some((block) => textsOf(block).some((text) => lacksGlyphs(text, glyphs)));
}

function textsOf(block: PrintDocument[number]): readonly string[] {
  if (block.kind === 'text') return [block.text];
  if (block.kind === 'pair') return [block.label, block.value];
  return block.kind === 'table' ? [...(block.heading ?? []), ...block.rows.flat()] : [];
}

/** Only what differs is sent: on a slow line every byte is waited for. */
function change(style: Style, to: Readonly<Style>): Uint8Array[] {
  const changes: Uint8Array[] = [];
  if (style.align !== to.align) changes.push(command.align(to.align));
  if (style.bold !== to.bold) changes.push(command.bold(to.bold));
  if (style.size !== to.size) changes.push(command.size(to.size));
  style.align = to.align;
  style.bold = to.bold;
  style.size = to.size;
  return changes;
}

/** Filled byte by byte: most characters have two, and a call to copy them would take longer. */
function textLine(before: readonly Uint8Array[], glyphs: readonly Glyph[]): Uint8Array {
  let length = command.lineFeed.length;
  for (const part of before) length += part.length;
  for (const { bytes } of glyphs) length += bytes.length;
  const line = new Uint8Array(length);
  let at = 0;
  for (const part of before) {
    line.set(part, at);
    at += part.length;
  }
  for (const { bytes } of glyphs)
    for (let index = 0; index < bytes.length; index += 1) {
      line[at] = bytes[index] ?? 0;
      at += 1;
    }
  line.set(command.lineFeed, at);
  return line;
}

export function join(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** The pieces without their first so many bytes. */
export function without(beginning: number, pieces: readonly Uint8Array[]): Uint8Array[] {
  let left = beginning;
  return pieces.flatMap((piece) => {
    const rest = piece.subarray(left);
    left = Math.max(0, left - piece.length);
    return rest.length > 0 ? [rest] : [];
  });
}

/** Pieces in chunks of about so many bytes; a piece is never divided. */
export function chunksOf(pieces: readonly Uint8Array[], bytes: number): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let chunk: Uint8Array[] = [];
  let length = 0;
  for (const piece of pieces) {
    chunk.push(piece);
    length += piece.length;
    if (length >= bytes) {
      chunks.push(join(chunk));
      chunk = [];
      length = 0;
    }
  }
  if (chunk.length > 0) chunks.push(join(chunk));
  return chunks;
}

/** Reads the code tables now (some 60 ms), and runs through every block once, so that the first person's receipt does not wait for it. */
export function warmUp(paper: Paper): void {
  const word = '政务服务受理回执 0123456789';
  encodeDocument(
    [
      { kind: 'text', text: word.repeat(10), align: 'centre', bold: true, size: 2 },
      { kind: 'pair', label: word, value: word.repeat(3) },
      { kind: 'qr', content: word, module: 6 },
      { kind: 'table', columns: [{ share: 1 }, { share: 1, align: 'right' }], rows: [[word, word]] },
      { kind: 'rule' },
    ],
    paper,
  );
}
