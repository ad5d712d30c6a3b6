import type { HttpRequest } from '../../src/devices/driver.ts';
import { GAP_MOST_BYTES, HEADERS_MOST_BYTES } from './limits.ts';

/** Requests of a document camera's local service and its live picture, both directions. Pure. Sources stand in the README. */

/** A program of this computer, and none of another one. Names are not looked up: a name can be made to mean anything. */
export const isLoopback = (authority: string): boolean =>
  /^(?:127(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}|\[::1\]):\d{1,5}$/u.test(authority);

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const post = (path: string, body: Readonly<Record<string, string>>): HttpRequest => ({
  method: 'POST',
  path,
  headers: { 'content-type': 'application/json' },
  // Without a body, and be it an empty object, the service answers in XML.
  body: utf8(JSON.stringify(body)),
});

export const statusRequest: HttpRequest = post('/video=status', {});
/** Asking for the live picture opens the camera. */
export const streamRequest = (camera: number): HttpRequest => ({
  method: 'GET',
  path: `/video=stream&camidx=${camera}`,
});
export const closeRequest = (camera: number): HttpRequest => post('/video=close', { camidx: String(camera) });

export type ServiceRequest =
  | { readonly kind: 'status' }
  | { readonly kind: 'stream' | 'close'; readonly camera: number };

/** What a request asks for; the simulator's side. */
export function readRequest({ method, path, body }: HttpRequest): ServiceRequest | undefined {
  if (method === 'POST' && path === '/video=status') return { kind: 'status' };
  const live = method === 'GET' ? /^\/video=stream&camidx=(\d)$/u.exec(path)?.[1] : undefined;
  if (live !== undefined) return { kind: 'stream', camera: Number(live) };
  const index = method === 'POST' && path === '/video=close' ? recordIn(body ?? utf8(''))['camidx'] : undefined;
  return typeof index === 'string' && /^\d$/u.test(index) ? { kind: 'close', camera: Number(index) } : undefined;
}

/** `no`: not connected, `ok`: connected, `run`: connected and its picture shown. */
const states = { missing: 'no', connected: 'ok', running: 'run' } as const;
export type CameraState = keyof typeof states;

/** How a camera is; undefined when the reply is a refusal or none of this service. */
export function readStatus(bytes: Uint8Array, camera: number): CameraState | undefined {
  const reply = recordIn(bytes);
  const state = String(reply['code']) === '0' ? reply[`video${camera}`] : undefined;
  const names: readonly CameraState[] = ['missing', 'connected', 'running'];
  return names.find((name) => states[name] === state);
}

/** The reply to `statusRequest`; the simulator's side. A code other than 0 is a refusal. */
export const writeStatus = (cameras: readonly CameraState[], code = 0): Uint8Array =>
  utf8(
    JSON.stringify({
      code: String(code),
      ...Object.fromEntries(cameras.map((state, camera) => [`video${camera}`, states[state]])),
    }),
  );

function recordIn(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    // No JSON: a page, or an answer in XML.
    return {};
  }
}

/**
 * What separates the parts, without the dashes that stand before it: some servers count these in. RFC 2046, 5.1.1: one to
 * seventy characters.
 */
export function boundaryOf(contentType: string): string | undefined {
  const named =
    /^multipart\/[\w-]+\s*;(?:.*;)?\s*boundary=("?)-*([\w'()+,./:=?][\w'()+,./:=?-]{0,69})\1\s*(?:;|$)/iu.exec(
      contentType,
    );
  return named?.[2];
}

/** A part as the service sends it; the simulator's side. */
export function writePart(boundary: string, picture: Uint8Array, withLength: boolean): Uint8Array {
  const length = withLength ? `Content-Length: ${picture.length}\r\n` : '';
  const head = utf8(`--${boundary}\r\nContent-Type: image/jpeg\r\n${length}\r\n`);
  return Uint8Array.of(...head, ...picture, ...utf8('\r\n'));
}

type Problem = 'not-multipart' | 'headers-too-long' | 'part-too-long';

export interface Parts {
  readonly parts: readonly Uint8Array[];
  /** Nothing more comes of this stream. */
  readonly problem?: Problem;
}

const [LF, CR, DASH] = [0x0a, 0x0d, 0x2d];

/**
 * Takes the parts out of `multipart/x-mixed-replace`, in any chunking. A part ends where its `Content-Length` says, or
 * without one before the next boundary. It never holds more than one part and its headers.
 */
export class MultipartReader {
  readonly #delimiter: Uint8Array;
  readonly #longestPart: number;
  readonly #held = new Held();
  #state: 'gap' | 'headers' | 'body' | 'over' = 'gap';
  #bodyLength: number | undefined;
  /** So much of what is held has no delimiter in it. */
  #searched = 0;
  #problem: Problem | undefined;

  constructor(boundary: string, longestPart: number) {
    this.#delimiter = utf8(`--${boundary}`);
    this.#longestPart = longestPart;
  }

  get pendingBytes(): number {
    return this.#held.bytes.length;
  }

  push(bytes: Uint8Array): Parts {
    const parts: Uint8Array[] = [];
    if (this.#state !== 'over') this.#held.add(bytes);
    while (this.#step(parts));
    if (this.#problem) this.clear();
    return this.#problem ? { parts, problem: this.#problem } : { parts };
  }

  /** Overwrites what is held. */
  clear(): void {
    this.#state = 'over';
    this.#held.clear();
  }

  /** False when more bytes are needed. */
  #step(parts: Uint8Array[]): boolean {
    switch (this.#state) {
      case 'gap':
        return this.#skipGap();
      case 'headers':
        return this.#readHeaders();
      case 'body':
        return this.#bodyLength === undefined
          ? this.#readUntilDelimiter(parts)
          : this.#readBody(this.#bodyLength, parts);
      default:
        return false;
    }
  }

  #skipGap(): boolean {
    const at = this.#find();
    if (at === undefined)
      return this.#fails(this.#held.bytes.length >= GAP_MOST_BYTES + this.#delimiter.length, 'not-multipart');
    if (this.#fails(at > GAP_MOST_BYTES, 'not-multipart')) return false;
    this.#consume(at + this.#delimiter.length, 'headers');
    return true;
  }

  /** What stands between a boundary and the next empty line; two dashes there say that it was the last one. */
  #readHeaders(): boolean {
    const { bytes } = this.#held;
    if (bytes[0] === DASH && bytes[1] === DASH) {
      this.clear();
      return false;
    }
    const end = endOfHeaders(bytes);
    if (end === undefined) return this.#fails(bytes.length > HEADERS_MOST_BYTES, 'headers-too-long');
    if (this.#fails(end > HEADERS_MOST_BYTES, 'headers-too-long')) return false;
    const headers = new TextDecoder('latin1').decode(bytes.subarray(0, end));
    const length = /^content-length:[ \t]*(\d{1,10})[ \t]*\r?$/imu.exec(headers)?.[1];
    this.#bodyLength = length === undefined ? undefined : Number(length);
    if (this.#fails((this.#bodyLength ?? 0) > this.#longestPart, 'part-too-long')) return false;
    this.#consume(end, 'body');
    return true;
  }

  #readBody(length: number, parts: Uint8Array[]): boolean {
    if (this.#held.bytes.length < length) return false;
    parts.push(this.#held.bytes.slice(0, length));
    this.#consume(length, 'gap');
    return true;
  }

  #readUntilDelimiter(parts: Uint8Array[]): boolean {
    const at = this.#find();
    const { bytes } = this.#held;
    // Two bytes more for the line end that belongs to the boundary.
    const most = this.#longestPart + 2;
    if (at === undefined) return this.#fails(bytes.length >= most + this.#delimiter.length, 'part-too-long');
    if (this.#fails(at > most, 'part-too-long')) return false;
    const end = endOfBody(bytes, at);
    if (end === undefined) {
      this.#searched = at + 1;
      return true;
    }
    parts.push(bytes.slice(0, end));
    this.#consume(at + this.#delimiter.length, 'headers');
    return true;
  }

  #find(): number | undefined {
    const { bytes } = this.#held;
    const at = indexOf(bytes, this.#delimiter, this.#searched);
    if (at === undefined) this.#searched = Math.max(this.#searched, bytes.length - this.#delimiter.length + 1);
    return at;
  }

  #consume(length: number, next: 'gap' | 'headers' | 'body'): void {
    this.#held.drop(length);
    this.#searched = 0;
    this.#state = next;
  }

  /** Whether it is wrong: then nothing more is read. */
  #fails(isWrong: boolean, problem: Problem): boolean {
    if (isWrong) {
      this.#problem = problem;
      this.#state = 'over';
    }
    return isWrong;
  }
}

/** Behind the first empty line. */
function endOfHeaders(bytes: Uint8Array): number | undefined {
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at + 1] === LF) return at + 2;
    if (bytes[at + 1] === CR && bytes[at + 2] === LF) return at + 3;
  }
  return undefined;
}

/** Before the line end in front of a boundary, whose own dashes may be more than two; undefined when it begins no line. */
function endOfBody(bytes: Uint8Array, delimiter: number): number | undefined {
  let at = delimiter;
  while (bytes[at - 1] === DASH) at -= 1;
  if (at === 0) return 0;
  if (bytes[at - 1] !== LF) return undefined;
  return bytes[at - 2] === CR ? at - 2 : at - 1;
}

function indexOf(bytes: Uint8Array, wanted: Uint8Array, from: number): number | undefined {
  for (
    let at = bytes.indexOf(DASH, from);
    at >= 0 && at + wanted.length <= bytes.length;
    at = bytes.indexOf(DASH, at + 1)
  ) {
    if (wanted.every((byte, place) => bytes[at + place] === byte)) return at;
  }
  return undefined;
}

/** Bytes that are waiting, in one piece. Room is doubled, so that many small chunks cost no more than few large ones. */
class Held {
  #room = new Uint8Array(4_096);
  #length = 0;

  get bytes(): Uint8Array {
    return this.#room.subarray(0, this.#length);
  }

  add(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    if (length > this.#room.length) {
      const room = new Uint8Array(Math.max(length, 2 * this.#room.length));
      room.set(this.bytes);
      this.#room.fill(0);
      this.#room = room;
    }
    this.#room.set(bytes, this.#length);
    this.#length = length;
  }

  drop(length: number): void {
    this.#room.copyWithin(0, length, this.#length);
    this.#room.fill(0, this.#length - length, this.#length);
    this.#length -= length;
  }

  clear(): void {
    this.drop(this.#length);
  }
}
