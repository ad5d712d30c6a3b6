import type { PictureOutline } from './picture-outline.ts';
import { done, refused } from './result.ts';
import type { Result } from './result.ts';

/** Length, type and check value of a chunk. */
const CHUNK_FRAME_BYTES = 12;
const SIGNATURE_BYTES = 8;
const HEADER_BYTES = 13;

/** Colour type to the bit depths it may have, ISO/IEC 15948 table 11.1. */
const bitDepths: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

/** Walks from chunk to chunk (ISO/IEC 15948, clause 5) up to IEND: the header first and once, picture data in between. */
export function readPng(bytes: Uint8Array): Result<PictureOutline, 'broken' | 'truncated'> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = SIGNATURE_BYTES;
  let header: Omit<PictureOutline, 'length'> | undefined;
  let hasData = false;
  while (at + CHUNK_FRAME_BYTES <= bytes.length) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const next = at + CHUNK_FRAME_BYTES + length;
    if (!/^[A-Za-z]{4}$/u.test(type) || (header === undefined) !== (type === 'IHDR')) return refused('broken');
    if (next > bytes.length) return refused('truncated');
    if (header === undefined) {
      header = length === HEADER_BYTES ? readHeader(view, at + 8) : undefined;
      if (header === undefined) return refused('broken');
    }
    if (type === 'IDAT') hasData = true;
    if (type === 'IEND') return hasData && length === 0 ? done({ ...header, length: next }) : refused('broken');
    at = next;
  }
  return refused('truncated');
}

/** Width, height, bit depth, colour type, compression method 0, filter method 0, interlace method 0 or 1. */
function readHeader(view: DataView, at: number): Omit<PictureOutline, 'length'> | undefined {
  const [width, height] = [view.getUint32(at), view.getUint32(at + 4)];
  const depths = bitDepths[view.getUint8(at + 9)] ?? [];
  const isSound =
    depths.includes(view.getUint8(at + 8)) && view.getUint16(at + 10) === 0 && view.getUint8(at + 12) <= 1;
  return isSound && width > 0 && height > 0 ? { width, height } : undefined;
}
