import { assert, constantFrom, integer, oneof, property, record, uint8Array } from 'fast-check';
import { imageSize } from 'image-size';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { inspectPageImage, pageImageLimits } from './page-image.ts';
import { samplePage } from './sample-page.ts';

// Thousands of runs each, on computers that have other work.

const jpeg = samplePage(827, 1169, 3);
const png = pngOf(40, 30);

function pngOf(width: number, height: number): Uint8Array {
  const image = new PNG({ width, height });
  image.data.fill(0x7f);
  return Uint8Array.from(PNG.sync.write(image));
}

/** The same bytes with others written over them. */
function patched(bytes: Uint8Array, at: number, values: readonly number[]): Uint8Array {
  const copy = bytes.slice();
  copy.set(values, at);
  return copy;
}

/** Place of a marker segment of {@link samplePage}: FF and the marker itself. */
function segmentAt(marker: number): number {
  const at = jpeg.findIndex((byte, place) => byte === 0xff && jpeg[place + 1] === marker);
  expect(at).toBeGreaterThan(0);
  return at;
}

function inserted(bytes: Uint8Array, at: number, more: readonly number[]): Uint8Array {
  return Uint8Array.from([...bytes.subarray(0, at), ...more, ...bytes.subarray(at)]);
}

describe('a page image', () => {
  it('is known by its own bytes, with its pixels and its end', () => {
    expect(inspectPageImage(jpeg)).toEqual({
      ok: true,
      value: { type: 'image/jpeg', width: 827, height: 1169, length: jpeg.length },
    });
    expect(inspectPageImage(png)).toEqual({
      ok: true,
      value: { type: 'image/png', width: 40, height: 30, length: png.length },
    });
  });

  it('ends where the picture ends, whatever is hung on to it', () => {
    for (const picture of [jpeg, png]) {
      const longer = Uint8Array.from([...picture, ...new TextEncoder().encode('<script>PK\u0003\u0004')]);
      expect(inspectPageImage(longer)).toMatchObject({ ok: true, value: { length: picture.length } });
    }
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['a web page', new TextEncoder().encode('<!DOCTYPE html><title>Login</title>')],
    ['a GIF', new TextEncoder().encode('GIF89a and so on')],
    ['a PDF', new TextEncoder().encode('%PDF-1.7')],
    ['a WebP', new TextEncoder().encode('RIFF\0\0\0\0WEBPVP8 ')],
    ['the first two bytes of a JPEG', Uint8Array.of(0xff, 0xd8)],
  ])('is not %s', (_name, bytes) => {
    expect(inspectPageImage(bytes)).toEqual({ ok: false, reason: 'unknown-type' });
  });

  it('has a largest number of bytes, of pixels and a longest side, each checked before anything is decoded', () => {
    const limits = { bytes: jpeg.length, side: 1169, pixels: 827 * 1169 };
    expect(inspectPageImage(jpeg, limits)).toMatchObject({ ok: true });
    expect(inspectPageImage(jpeg, { ...limits, bytes: jpeg.length - 1 })).toMatchObject({ reason: 'too-many-bytes' });
    expect(inspectPageImage(jpeg, { ...limits, side: 1168 })).toMatchObject({ reason: 'too-many-pixels' });
    expect(inspectPageImage(jpeg, { ...limits, pixels: 827 * 1169 - 1 })).toMatchObject({ reason: 'too-many-pixels' });
    expect(inspectPageImage(new Uint8Array(pageImageLimits.bytes + 1))).toMatchObject({ reason: 'too-many-bytes' });
  });

  it('takes an A4 page at 600 dpi and refuses a bomb: a few bytes that say they are 65535 x 65535', () => {
    expect(inspectPageImage(samplePage(4961, 7016))).toMatchObject({ ok: true });
    expect(inspectPageImage(patched(jpeg, segmentAt(0xc0) + 5, [0xff, 0xff, 0xff, 0xff]))).toMatchObject({
      reason: 'too-many-pixels',
    });
    expect(inspectPageImage(patched(png, 16, [0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff]))).toMatchObject({
      reason: 'too-many-pixels',
    });
  });

  it('is refused when it is cut anywhere', () => {
    for (const picture of [jpeg, png]) {
      for (let length = 8; length < picture.length; length += 1) {
        expect(inspectPageImage(picture.subarray(0, length))).toMatchObject({ ok: false, reason: 'truncated' });
      }
    }
  });
});

describe('a JPEG', () => {
  const frame = segmentAt(0xc0);
  const scan = segmentAt(0xda);
  const comment = [0xff, 0xfe, 0, 4, 0x41, 0x42];
  const broken = { ok: false, reason: 'broken' };

  it('may have comments, fill bytes, restart markers and further scans', () => {
    const end = jpeg.length - 2;
    for (const more of [
      inserted(jpeg, 2, comment),
      inserted(jpeg, frame, [0xff, 0xff]),
      inserted(jpeg, end, [0xff, 0xd0, 0x55, 0xff, 0x00]),
      inserted(jpeg, end, [...jpeg.subarray(scan, scan + 10), 0x55]),
    ]) {
      expect(inspectPageImage(more)).toMatchObject({
        ok: true,
        value: { width: 827, height: 1169, length: more.length },
      });
    }
  });

  it.each([
    ['has no pixels yet', patched(jpeg, frame + 5, [0, 0])],
    ['has no width', patched(jpeg, frame + 7, [0, 0])],
    ['has twelve bits a sample', patched(jpeg, frame + 4, [12])],
    ['has no components', patched(jpeg, frame + 9, [0])],
    ['has more components than its header has room for', patched(jpeg, frame + 9, [3])],
    ['has five components', patched(jpeg, frame + 9, [5])],
    ['has a frame without a size', inserted(jpeg, frame, [0xff, 0xc0, 0, 3, 8])],
    ['is of a kind that browsers do not decode', patched(jpeg, frame + 1, [0xc9])],
    ['has a segment shorter than its own length', inserted(jpeg, 2, [0xff, 0xfe, 0, 1])],
    ['has something else where a marker must be', inserted(jpeg, frame, [0x00, 0x01, 0x02])],
    ['begins anew inside', inserted(jpeg, frame, [0xff, 0xd8])],
    ['has two frames', inserted(jpeg, frame, [...jpeg.subarray(frame, frame + 13)])],
    ['has a scan before its frame', inserted(jpeg, frame, [...jpeg.subarray(scan, scan + 10), 0x55])],
    ['ends before its first scan', Uint8Array.from([...jpeg.subarray(0, scan), 0xff, 0xd9])],
    ['ends before its frame', Uint8Array.of(0xff, 0xd8, 0xff, 0xd9)],
  ])('is refused when it %s', (_name, bytes) => {
    expect(inspectPageImage(bytes)).toEqual(broken);
  });

  it('has a largest number of scans and of segments', () => {
    const end = jpeg.length - 2;
    const scans = (count: number) => Array.from({ length: count }, () => [...jpeg.subarray(scan, scan + 10)]).flat();
    expect(inspectPageImage(inserted(jpeg, end, scans(100)))).toMatchObject({ ok: true });
    expect(inspectPageImage(inserted(jpeg, end, scans(128)))).toEqual(broken);
    const comments = Array.from({ length: 5_000 }, () => comment).flat();
    expect(inspectPageImage(inserted(jpeg, 2, comments))).toEqual(broken);
  });
});

describe('a PNG', () => {
  const broken = { ok: false, reason: 'broken' };

  it.each([
    ['has no width', patched(png, 16, [0, 0, 0, 0])],
    ['has no height', patched(png, 20, [0, 0, 0, 0])],
    ['has a colour type that does not exist', patched(png, 25, [5])],
    ['has a bit depth that its colour type does not know', patched(png, 24, [4])],
    ['has an unknown compression', patched(png, 26, [1])],
    ['has an unknown filter', patched(png, 27, [1])],
    ['has an unknown interlacing', patched(png, 28, [2])],
    ['has a header of another length', patched(png, 11, [12])],
    ['does not begin with its header', patched(png, 12, [0x74])],
    ['has two headers', inserted(png, 33, [...png.subarray(8, 33)])],
    ['has a chunk without a name', inserted(png, 33, [0, 0, 0, 0, 0x49, 0, 0, 0, 0, 0, 0, 0])],
    ['has no picture data', Uint8Array.from([...png.subarray(0, 33), ...png.subarray(-12)])],
    ['has something in its end', patched(png, png.length - 9, [1])],
  ])('is refused when it %s', (_name, bytes) => {
    const longer = inserted(bytes, bytes.length, [0, 0, 0, 0]);
    expect(inspectPageImage(longer)).toEqual(broken);
  });
});

describe('hostile pictures', () => {
  const changes = record({
    picture: constantFrom(jpeg, png),
    at: integer({ min: 0, max: 700 }),
    values: uint8Array({ minLength: 1, maxLength: 12 }),
    cut: oneof(integer({ min: 0, max: 4_000 }), constantFrom(4_000)),
  });

  it('never pass a limit and never throw, and what passes has the size that another reader sees', () => {
    let passed = 0;
    assert(
      property(changes, ({ picture, at, values, cut }) => {
        const hostile = patched(picture, Math.min(at, picture.length - values.length), [...values]).subarray(0, cut);
        const found = inspectPageImage(hostile);
        if (!found.ok) return;
        passed += 1;
        const { width, height, length, type } = found.value;
        expect(length).toBeLessThanOrEqual(hostile.length);
        expect(width * height).toBeLessThanOrEqual(pageImageLimits.pixels);
        const other = imageSize(hostile);
        expect({ width, height, type }).toEqual({
          width: other.width,
          height: other.height,
          type: other.type === 'jpg' ? 'image/jpeg' : 'image/png',
        });
      }),
      { numRuns: 5_000 },
    );
    expect(passed).toBeGreaterThan(100);
  });

  it('of any bytes at all are no pages', () => {
    assert(
      property(
        uint8Array({ maxLength: 200 }),
        constantFrom([], [0xff, 0xd8, 0xff], [...png.subarray(0, 8)]),
        (bytes, head) => {
          expect(inspectPageImage(Uint8Array.from([...head, ...bytes])).ok).toBe(false);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
