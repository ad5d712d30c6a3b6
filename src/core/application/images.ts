import { inflateSync } from 'node:zlib';

const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const CHUNK_FRAME_BYTES = 12;
/** Inflated size of a signature: a canvas of 4 million pixels in RGBA. */
const INFLATED_MAX_BYTES = 16_100_000;

/**
 * Whether a PNG (RFC 2083) shows anything at all. An image of one colour has, from its third line on, only equal lines:
 * encoders choose the filter by content, and the first two lines may have other neighbours above.
 */
export function showsSomething(png: Buffer): boolean {
  const image = readPng(png);
  if (!image) return false;
  const { lines, height } = image;
  const lineBytes = lines.length / height;
  if (height < 4 || !Number.isInteger(lineBytes)) return false;
  const third = lines.subarray(2 * lineBytes, 3 * lineBytes);
  for (let at = 3; at < height; at += 1) {
    if (!lines.subarray(at * lineBytes, (at + 1) * lineBytes).equals(third)) return true;
  }
  return false;
}

function readPng(png: Buffer): { lines: Buffer; height: number } | undefined {
  if (!png.subarray(0, 8).equals(PNG_SIGNATURE) || png.length < 33) return undefined;
  const height = png.readUInt32BE(20);
  const data: Buffer[] = [];
  for (let at = 8; at + CHUNK_FRAME_BYTES <= png.length;) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(png.subarray(at + 8, at + 8 + length));
    at += CHUNK_FRAME_BYTES + length;
  }
  try {
    return height === 0
      ? undefined
      : { lines: inflateSync(Buffer.concat(data), { maxOutputLength: INFLATED_MAX_BYTES }), height };
  } catch {
    // Broken or far too large: either way not a signature.
    return undefined;
  }
}
