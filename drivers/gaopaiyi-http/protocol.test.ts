import { array, assert, boolean, constantFrom, integer, property, string, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GAP_MOST_BYTES, HEADERS_MOST_BYTES } from './limits.ts';
import {
  boundaryOf,
  closeRequest,
  isLoopback,
  MultipartReader,
  readRequest,
  readStatus,
  statusRequest,
  streamRequest,
  writePart,
  writeStatus,
} from './protocol.ts';
import type { CameraState, Parts } from './protocol.ts';

// Thousands of runs each, on computers that have other work.

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (bytes: Uint8Array | undefined): string => new TextDecoder('latin1').decode(bytes);
const MOST = 1_000;

/** Everything a reader finds in a stream that comes in these pieces. */
function readAll(stream: Uint8Array, cuts: readonly number[] = [], boundary = 'frame'): Parts {
  const reader = new MultipartReader(boundary, MOST);
  const places = [0, ...cuts.map((cut) => cut % (stream.length + 1)).toSorted((left, right) => left - right)];
  const found = places.map((place, at) => reader.push(stream.slice(place, places[at + 1])));
  const problem = found.find((one) => one.problem)?.problem;
  const parts = found.flatMap((one) => one.parts);
  return problem ? { parts, problem } : { parts };
}
const textsIn = (stream: string, boundary?: string): string[] => readAll(utf8(stream), [], boundary).parts.map(text);

describe('an address', () => {
  it.each(['127.0.0.1:38088', '127.255.255.254:1', '[::1]:38088'])('%s is this computer', (authority) => {
    expect(isLoopback(authority)).toBe(true);
  });

  it.each([
    '192.168.1.20:38088',
    'localhost:38088',
    '127.0.0.1.evil.example:80',
    '127.0.0.1',
    '127.999.1.1:80',
    '127.1:80',
    '0.0.0.0:80',
    '[::]:80',
    '[::ffff:127.0.0.1]:80',
    '127.0.0.1:80@evil.example:80',
    '',
    '[fe80::1]:80',
  ])('%s is not', (authority) => {
    expect(isLoopback(authority)).toBe(false);
  });
});

describe('requests', () => {
  it('are what the service knows', () => {
    expect(statusRequest).toMatchObject({ method: 'POST', path: '/video=status' });
    expect(text(statusRequest.body)).toBe('{}');
    expect(streamRequest(0)).toEqual({ method: 'GET', path: '/video=stream&camidx=0' });
    expect(closeRequest(1)).toMatchObject({ method: 'POST', path: '/video=close' });
    expect(text(closeRequest(1).body)).toBe('{"camidx":"1"}');
  });

  it('are read as they were written', () => {
    expect(readRequest(statusRequest)).toEqual({ kind: 'status' });
    for (const camera of [0, 9]) {
      expect(readRequest(streamRequest(camera))).toEqual({ kind: 'stream', camera });
      expect(readRequest(closeRequest(camera))).toEqual({ kind: 'close', camera });
    }
  });

  it.each([
    { method: 'GET', path: '/video=status' },
    { method: 'POST', path: '/video=stream&camidx=0' },
    { method: 'GET', path: '/video=stream&camidx=10' },
    { method: 'POST', path: '/video=close' },
    { method: 'POST', path: '/video=close', body: utf8('{"camidx":0}') },
    { method: 'POST', path: '/video=close', body: utf8('{"camidx":"x"}') },
    { method: 'POST', path: '/card=idcard' },
  ] as const)('of other kinds are none: %j', (request) => {
    expect(readRequest(request)).toBeUndefined();
  });
});

describe('a status', () => {
  it('tells each camera apart, the code as text or as a number', () => {
    expect(readStatus(utf8('{"code":"0","video0":"run","video1":"no"}'), 0)).toBe('running');
    expect(readStatus(utf8('{"code":0,"video0":"run","video1":"no"}'), 1)).toBe('missing');
    expect(readStatus(utf8('{"code":"0","video0":"ok"}'), 0)).toBe('connected');
  });

  it.each([
    '',
    'null',
    '"0"',
    '[]',
    '{}',
    '{"code":"0"}',
    '{"code":"1","video0":"ok"}',
    '{"code":"0","video0":"OK"}',
    '{"code":"0","video0":1}',
    '<html>',
    '<?xml version="1.0"?><code>0</code>',
    '{"code":"0","video1":"ok"}',
  ])('%j is none', (reply) => {
    expect(readStatus(utf8(reply), 0)).toBeUndefined();
  });

  it('is read as it was written', () => {
    const state = constantFrom<CameraState[]>('missing', 'connected', 'running');
    assert(
      property(
        array(state, { maxLength: 5 }),
        integer({ min: 0, max: 5 }),
        integer({ min: 0, max: 2 }),
        (states, camera, code) => {
          expect(readStatus(writeStatus(states, code), camera)).toBe(code === 0 ? states[camera] : undefined);
        },
      ),
    );
  });
});

describe('a boundary', () => {
  it.each([
    ['multipart/x-mixed-replace; boundary=frame', 'frame'],
    ['multipart/x-mixed-replace;boundary=--jpegboundary', 'jpegboundary'],
    ['Multipart/X-Mixed-Replace; charset=x; Boundary="--a b"', undefined],
    ['multipart/x-mixed-replace; boundary="a:b.c"; x=y', 'a:b.c'],
    ['multipart/x-mixed-replace', undefined],
    ['multipart/x-mixed-replace; boundary=', undefined],
    ['multipart/x-mixed-replace; boundary=--', undefined],
    [`multipart/x-mixed-replace; boundary=${'a'.repeat(71)}`, undefined],
    ['image/jpeg', undefined],
    ['text/html; boundary=frame', undefined],
    ['', undefined],
  ])('of %j is %j', (type, boundary) => {
    expect(boundaryOf(type)).toBe(boundary);
  });

  it('is looked for in no time, whatever stands there', () => {
    assert(
      property(string({ maxLength: 300 }), (rest) => {
        expect(boundaryOf(`multipart/x;${rest}`) ?? 'x').toMatch(/^[^-\s"][^\s"]*$/u);
      }),
    );
  });
});

describe('a live picture', () => {
  it('has its parts by their lengths', () => {
    const stream =
      '--frame\r\nContent-Type: image/jpeg\r\ncontent-length:  5 \r\n\r\nAB\r\nC\r\n--frame\r\nContent-Length: 0\r\n\r\n\r\n--frame\r\n';
    expect(textsIn(stream)).toEqual(['AB\r\nC', '']);
  });

  it('has its parts up to the next boundary, with either line end, without headers, and with more dashes', () => {
    expect(textsIn('--frame\r\nContent-Type: image/jpeg\r\n\r\nAB\r\nC\r\n--frame\r\n\r\nD\r\n--frame')).toEqual([
      'AB\r\nC',
      'D',
    ]);
    expect(textsIn('--frame\nX: y\n\nAB\n--frame\n\nC\n--frame')).toEqual(['AB', 'C']);
    expect(textsIn('----frame\r\n\r\nAB-\r\n----frame\r\n\r\n--frame')).toEqual(['AB-', '']);
  });

  it('takes no boundary for one that begins no line', () => {
    expect(textsIn('--frame\r\n\r\nAB--frame, it said\r\n--frame')).toEqual(['AB--frame, it said']);
  });

  it('may begin with a remark and ends where it says so', () => {
    expect(textsIn('HTTP is fun\r\n--frame\r\n\r\nAB\r\n--frame--\r\n--frame\r\n\r\nC\r\n--frame')).toEqual(['AB']);
  });

  it.each([
    ['no boundary', 'x'.repeat(GAP_MOST_BYTES + 8), 'not-multipart'],
    ['a late boundary', `${'x'.repeat(GAP_MOST_BYTES + 1)}--frame\r\n\r\n`, 'not-multipart'],
    ['headers without an end', `--frame\r\n${'X: y\r\n'.repeat(HEADERS_MOST_BYTES / 6 + 1)}`, 'headers-too-long'],
    ['headers with a late end', `--frame\r\n${'X: y\r\n'.repeat(HEADERS_MOST_BYTES / 6 + 1)}\r\n`, 'headers-too-long'],
    ['a length beyond the limit', `--frame\r\nContent-Length: ${MOST + 1}\r\n\r\n`, 'part-too-long'],
    ['a part without an end', `--frame\r\n\r\n${'x'.repeat(MOST + 9)}`, 'part-too-long'],
    ['a part with a late end', `--frame\r\n\r\n${'x'.repeat(MOST + 1)}\r\n--frame`, 'part-too-long'],
  ])('with %s is left', (_name, stream, problem) => {
    const before = '--frame\r\nContent-Length: 1\r\n\r\nA\r\n';
    const found = readAll(utf8(stream.startsWith('--') ? before + stream : stream));
    expect(found).toEqual({ parts: stream.startsWith('--') ? [utf8('A')] : [], problem });
    const reader = new MultipartReader('frame', MOST);
    reader.push(utf8(stream));
    expect(reader.push(utf8('--frame\r\n\r\nA\r\n--frame')).parts).toEqual([]);
  });

  it('is none any more once it was cleared', () => {
    const reader = new MultipartReader('frame', MOST);
    reader.push(utf8('--frame\r\n\r\nAB'));
    reader.clear();
    expect(reader.push(utf8('\r\n--frame'))).toEqual({ parts: [] });
  });

  it('is read as it was written, in any chunking', () => {
    const picture = uint8Array({ maxLength: 300 });
    assert(
      property(
        array(picture, { maxLength: 5 }),
        boolean(),
        array(integer({ min: 0 })),
        (pictures, withLength, cuts) => {
          const parts = pictures.flatMap((one) => [...writePart('frame', one, withLength)]);
          const stream = Uint8Array.of(...parts, ...utf8('--frame'));
          expect(readAll(stream, cuts)).toEqual({ parts: pictures });
        },
      ),
      { numRuns: 500 },
    );
  });

  it('of anything at all gives the same in any chunking, and no part beyond the limit', () => {
    const piece = constantFrom<(string | Uint8Array)[]>(
      '--frame',
      '\r\n',
      '\n',
      '--',
      '-',
      'Content-Length: 3\r\n\r\n',
      'Content-Length: 2000\r\n',
      'x'.repeat(500),
      '\r\n\r\n',
      'ABC',
      'X: y\r\n',
      Uint8Array.of(0, 255, 0xd8),
    );
    assert(
      property(
        array(piece, { maxLength: 40 }),
        uint8Array({ maxLength: 30 }),
        array(integer({ min: 0 }), { maxLength: 60 }),
        (pieces, noise, cuts) => {
          const stream = Uint8Array.from([
            ...pieces.flatMap((one) => [...(typeof one === 'string' ? utf8(one) : one)]),
            ...noise,
          ]);
          const found = readAll(stream);
          expect(readAll(stream, cuts)).toEqual(found);
          expect(readAll(stream, Array.from(stream.keys()))).toEqual(found);
          for (const part of found.parts) expect(part.length).toBeLessThanOrEqual(MOST + 2);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
