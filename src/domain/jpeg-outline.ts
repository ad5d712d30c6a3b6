import type { PictureOutline } from './picture-outline.ts';
import { done, refused } from './result.ts';
import type { Result } from './result.ts';

/**
 * A progressive picture may be sent in any number of scans, each of which costs a decoder a pass over all pixels. Encoders
 * use about ten; the most that can be useful is some hundred.
 */
const MOST_SCANS = 128;
/** Every coefficient of four components, bit by bit, fits in far fewer segments; more are there to be walked through. */
const MOST_SEGMENTS = 4_096;

/** Second bytes of markers, ITU-T T.81 table B.1. */
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
/** Baseline, extended and progressive, all with Huffman codes: the frames that browsers decode. */
const frames = new Set([0xc0, 0xc1, 0xc2]);
/** The frame, the scan, and what may stand anywhere: tables, restart interval, application data and comment. */
const isSegment = (marker: number): boolean =>
  frames.has(marker) || [0xc4, START_OF_SCAN, 0xdb, 0xdd, 0xfe].includes(marker) || (marker & 0xf0) === 0xe0;
const isRestart = (marker: number): boolean => marker >= 0xd0 && marker <= 0xd7;

interface Frame {
  readonly width: number;
  readonly height: number;
}

/**
 * Walks from marker to marker (ITU-T T.81, annex B) up to the end of the image. One frame of a kind that browsers decode,
 * at least one scan, and every segment as long as it says.
 */
export function readJpeg(bytes: Uint8Array): Result<PictureOutline, 'broken' | 'truncated'> {
  let at = 2;
  let frame: Frame | undefined;
  let scans = 0;
  for (let segments = 0; segments < MOST_SEGMENTS; segments += 1) {
    const marker = markerAt(bytes, at);
    if (marker === undefined) return refused('truncated');
    at = marker.next;
    if (marker.code === END_OF_IMAGE) {
      return frame && scans > 0 ? done({ ...frame, length: at }) : refused('broken');
    }
    if (!isSegment(marker.code)) return refused('broken');
    const length = wordAt(bytes, at);
    if (length === undefined) return refused('truncated');
    if (length < 2) return refused('broken');
    if (at + length > bytes.length) return refused('truncated');
    if (frames.has(marker.code)) {
      // A second frame could be larger than the first: decoders do not agree on which one counts.
      const found = frame ? undefined : readFrame(bytes.subarray(at, at + length));
      if (!found) return refused('broken');
      frame = found;
    }
    at += length;
    if (marker.code === START_OF_SCAN) {
      scans += 1;
      if (!frame || scans > MOST_SCANS) return refused('broken');
      at = endOfScan(bytes, at);
    }
  }
  return refused('broken');
}

/** A marker may be preceded by any number of fill bytes FF. Code 0 stands for a byte that is no marker. */
function markerAt(bytes: Uint8Array, start: number): { code: number; next: number } | undefined {
  let at = start;
  if (at < bytes.length && bytes[at] !== 0xff) return { code: 0, next: at };
  while (bytes[at] === 0xff) at += 1;
  const code = bytes[at];
  return code === undefined ? undefined : { code, next: at + 1 };
}

function wordAt(bytes: Uint8Array, at: number): number | undefined {
  const [high, low] = [bytes[at], bytes[at + 1]];
  return high === undefined || low === undefined ? undefined : high * 256 + low;
}

/** Lf, P, Y, X, Nf, then three bytes a component. A height of 0 would be told after the first scan only (DNL): refused. */
function readFrame(segment: Uint8Array): Frame | undefined {
  const [precision, components] = [segment[2], segment[7] ?? 0];
  const [height, width] = [wordAt(segment, 3) ?? 0, wordAt(segment, 5) ?? 0];
  if (precision !== 8 || components < 1 || components > 4 || segment.length !== 8 + 3 * components) return undefined;
  return height === 0 || width === 0 ? undefined : { width, height };
}

/** Where the coded data ends: at the next FF that is neither stuffed (FF 00) nor a restart marker. */
function endOfScan(bytes: Uint8Array, start: number): number {
  let at = bytes.indexOf(0xff, start);
  while (at >= 0) {
    const next = bytes[at + 1];
    // Also at the very end: the marker that is cut off there is found missing by whoever reads on.
    if (next === undefined || (next !== 0 && !isRestart(next))) return at;
    at = bytes.indexOf(0xff, at + 2);
  }
  return bytes.length;
}
