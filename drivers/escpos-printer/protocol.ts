/**
 * ESC/POS bytes, host to printer, and the meaning of the status bits that come back. Pure.
 * Sources: the generic 80 mm command set, Epson TM-U220/TM-L90/T88III status tables and the Epson page of GS ( H function 48;
 * see README.md.
 */

const ESC = 0x1b;
const FS = 0x1c;
const GS = 0x1d;
const DLE = 0x10;

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

export const initialise = bytes(ESC, 0x40);
/** Two-byte codes are read as GB18030 characters. */
export const chineseMode = bytes(FS, 0x26);
export const lineFeed = bytes(0x0a);
/** Feeds to the cutter and cuts, leaving one point. */
export const feedAndCut = bytes(GS, 0x56, 0x42, 0x00);
/** Status comes by itself at each change of on/off-line (bit 1), error (bit 2) and paper (bit 3), and at once now. */
export const automaticStatus = bytes(GS, 0x61, 0x0e);
/** Answered in sequence, after the data before it; not answered when paper has run out. */
export const requestPaperStatus = bytes(GS, 0x72, 0x01);

/**
 * `DLE DC4` function 8, real-time: forgets all that was received and not yet printed, and answers with a clear response.
 * Nothing may be sent until that has come.
 */
export const clearBuffers = bytes(DLE, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08);

const aligns = { left: 0, centre: 1, right: 2 } as const;
export type Align = keyof typeof aligns;

/** Only valid at the start of a line. */
export const align = (to: Align): Uint8Array => bytes(ESC, 0x61, aligns[to]);
export const bold = (on: boolean): Uint8Array => bytes(ESC, 0x45, on ? 1 : 0);
/** How many times the normal width and height, up to eight. */
export const size = (factor: number): Uint8Array => bytes(GS, 0x21, ((factor - 1) << 4) | (factor - 1));
export const feed = (lines: number): Uint8Array => bytes(ESC, 0x64, lines);

/**
 * Model 2, error level M, content stored as UTF-8, then printed.
 * `module` is the size of one module in dots, 1 to 16.
 */
export function qrCode(content: string, module: number): Uint8Array {
  const text = Buffer.from(content);
  return Buffer.concat([
    symbolCommand(0x41, 0x32, 0x00),
    symbolCommand(0x43, module),
    symbolCommand(0x45, 0x31),
    symbolHead(text.length + 2),
    bytes(0x50, 0x30),
    text,
    symbolCommand(0x51, 0x30),
  ]);
}

/** Dots of a bar's height; the text below it takes a line more. */
const BARCODE_HEIGHT = 80;

/**
 * Code 128 with its text below. `data` is of {@link code128Data}, at most 255 bytes; `module` is the width of the thinnest bar in
 * dots, 2 to 6.
 */
export function barcode(data: Uint8Array, module: number): Uint8Array {
  const settings = [GS, 0x68, BARCODE_HEIGHT, GS, 0x77, module, GS, 0x48, 0x02];
  return bytes(...settings, GS, 0x6b, 0x49, data.length, ...data);
}

/** Dots from top to bottom of a picture that stands in a line of text. */
export const INLINE_HEIGHT = 24;

/**
 * `ESC *` 33: a picture in the line, as high as a Chinese character. Three bytes for each column of dots, the top dot in the highest bit.
 */
export function inlinePicture(columns: Uint8Array): Uint8Array {
  const width = columns.length / (INLINE_HEIGHT / 8);
  return bytes(ESC, 0x2a, 33, width & 0xff, width >> 8, ...withoutRealTimeCommands(columns));
}

/** `GS v 0`: a picture between lines. Rows padded to whole bytes, 1 = black, the leftmost dot in the highest bit. */
export function raster(rowBytes: number, dots: Uint8Array): Uint8Array {
  const rows = dots.length / rowBytes;
  const lengths = [rowBytes & 0xff, rowBytes >> 8, rows & 0xff, rows >> 8];
  return bytes(GS, 0x76, 0x30, 0x00, ...lengths, ...withoutRealTimeCommands(dots));
}

/** What makes a real-time command of a DLE before it. */
const realTime: ReadonlySet<number> = new Set([0x04, 0x05, 0x14]);

/**
 * Printers obey `DLE EOT`, `DLE ENQ` and `DLE DC4` also inside a picture, so there one dot more is blackened. Nobody sees it.
 */
function withoutRealTimeCommands(dots: Uint8Array): Uint8Array {
  return dots.map((byte, at) => (dots[at - 1] === DLE && realTime.has(byte) ? byte | 0x08 : byte));
}

/** `GS ( k` with the length of what follows, low byte first, for a QR code (31h). */
const symbolHead = (length: number): Uint8Array => bytes(GS, 0x28, 0x6b, (length + 1) & 0xff, (length + 1) >> 8, 0x31);
const symbolCommand = (...body: number[]): Uint8Array => Buffer.concat([symbolHead(body.length), bytes(...body)]);

export type StatusTopic = 'printer' | 'offline-cause' | 'error' | 'paper';
const topics: Record<StatusTopic, number> = { printer: 1, 'offline-cause': 2, error: 3, paper: 4 };

/** `DLE EOT n`: answered at reception with one byte, also when off-line or with a full buffer. */
export const requestStatus = (topic: StatusTopic): Uint8Array => bytes(DLE, 0x04, topics[topic]);

/** `GS ( H` function 48: answered with the same id when everything before it has been printed. */
export function requestProcessId(id: string): Uint8Array {
  return bytes(GS, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30, ...new TextEncoder().encode(id));
}

const PROCESS_ID_DIGITS = 4;
const PROCESS_ID_FIRST = 0x20;
const PROCESS_ID_VALUES = 0x7e - 0x20 + 1;

/** Any whole number as four characters from 20h to 7Eh. */
export function processId(number: number): string {
  let rest = number;
  let id = '';
  for (let digit = 0; digit < PROCESS_ID_DIGITS; digit += 1) {
    id = String.fromCharCode(PROCESS_ID_FIRST + (rest % PROCESS_ID_VALUES)) + id;
    rest = Math.floor(rest / PROCESS_ID_VALUES);
  }
  return id;
}

/** Why a printer does not print. */
export type Problem = 'paper-out' | 'cover-open' | 'cutter' | 'printer-fault' | 'offline';

/** A `DLE EOT` answer. `offline-cause` with its error bit set is only told in full by the `error` topic. */
export const problemOfStatus = (topic: StatusTopic, status: number): Problem | undefined =>
  problems[topic].find(([bits]) => (status & bits) !== 0)?.[1];

/** The bits that mean trouble in an answer to each topic; the first that is set counts. */
const problems: Readonly<Record<StatusTopic, readonly (readonly [bits: number, problem: Problem])[]>> = {
  printer: [[0x08, 'offline']],
  'offline-cause': [
    [0x04, 'cover-open'],
    [0x20, 'paper-out'],
    [0x40, 'printer-fault'],
  ],
  error: [
    [0x08, 'cutter'],
    [0x64, 'printer-fault'],
  ],
  paper: [[0x60, 'paper-out']],
};

/** The four bytes of automatic status. Being off-line without a cause (feed button held) passes by itself and is no problem. */
export function problemOfAutomaticStatus([printer, error, paper]: AutomaticStatus): Problem | undefined {
  if (printer & 0x20) return 'cover-open';
  if ((paper & 0x0c) === 0x0c) return 'paper-out';
  if (error & 0x08) return 'cutter';
  return error & 0x64 ? 'printer-fault' : undefined;
}

/** The third byte of automatic status: bits 0 and 1 near the end of the roll, bits 2 and 3 at its end. */
export function paperOfAutomaticStatus([, , paper]: AutomaticStatus): 'ok' | 'low' | 'out' {
  if ((paper & 0x0c) === 0x0c) return 'out';
  return (paper & 0x03) === 0x03 ? 'low' : 'ok';
}

export type AutomaticStatus = readonly [printer: number, error: number, paper: number, reserved: number];

/** The answer to {@link requestPaperStatus}: bits 2 and 3 mean no paper. */
export const paperOutInAnswer = (status: number): boolean => (status & 0x0c) === 0x0c;
