import { readJpeg } from './jpeg-outline.ts';
import type { PictureOutline } from './picture-outline.ts';
import { readPng } from './png-outline.ts';
import { done, refused } from './result.ts';
import type { Result } from './result.ts';

/**
 * What a scanned page may be. Everything a camera or a scanner sends passes here before it is stored, sent or decoded: a
 * few bytes of picture can unpack to gigabytes of pixels, and what a device says about its bytes proves nothing.
 */
export interface PageImageLimits {
  readonly bytes: number;
  /** Pixels of the longer side. */
  readonly side: number;
  /** Width times height. */
  readonly pixels: number;
}

/** 6 MB; A4 at 600 dpi is 4961 x 7016 pixels; the longest side is that of Chromium's largest canvas. */
export const pageImageLimits: PageImageLimits = { bytes: 6_000_000, side: 16_384, pixels: 40_000_000 };

export interface PageImage extends PictureOutline {
  /** By its own bytes, whatever it was called. */
  readonly type: 'image/jpeg' | 'image/png';
}

export type PageImageProblem =
  | 'too-many-bytes'
  | 'too-many-pixels'
  /** Neither JPEG nor PNG. */
  | 'unknown-type'
  /** Begins as one and breaks its rules. */
  | 'broken'
  /** Sound as far as it goes, but without its end. */
  | 'truncated';

/** Reads headers only and decodes nothing: the time it takes grows with the bytes, never with the pixels. */
export function inspectPageImage(
  bytes: Uint8Array,
  limits: PageImageLimits = pageImageLimits,
): Result<PageImage, PageImageProblem> {
  if (bytes.length > limits.bytes) return refused('too-many-bytes');
  const type = typeOf(bytes);
  if (type === undefined) return refused('unknown-type');
  const outline = type === 'image/jpeg' ? readJpeg(bytes) : readPng(bytes);
  if (!outline.ok) return outline;
  const { width, height } = outline.value;
  if (Math.max(width, height) > limits.side || width * height > limits.pixels) return refused('too-many-pixels');
  return done({ type, ...outline.value });
}

/** SOI and the first byte of a marker (ITU-T T.81, B.1.1); the signature of ISO/IEC 15948, 5.2. */
const signatures = [
  { type: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
  { type: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
] as const;

function typeOf(bytes: Uint8Array): PageImage['type'] | undefined {
  return signatures.find((signature) => signature.bytes.every((byte, at) => bytes[at] === byte))?.type;
}
