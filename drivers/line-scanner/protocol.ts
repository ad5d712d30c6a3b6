import { MOST_CODE_BYTES } from './limits.ts';

/** Codes as plain text with an end mark, both directions. Pure. There is no checksum: what arrives is what is yielded. */

export interface LineFormat {
  /** What stands behind each code: one or two ASCII characters. */
  readonly end: string;
  /** Whether an AIM identifier (`]Q1`) stands before each code. */
  readonly aim: boolean;
}

export interface LineCode {
  readonly bytes: Uint8Array;
  /** Without its `]`. */
  readonly symbology?: string;
}

/** Flag, code character, modifier (ISO/IEC 15424). */
const AIM = /^\][A-Za-z][0-9A-Za-z]/u;
const AIM_BYTES = 3;

export function encodeLine({ end, aim }: LineFormat, { bytes, symbology }: LineCode): Uint8Array {
  const before = aim && symbology !== undefined ? `]${symbology}` : '';
  return Uint8Array.of(...Buffer.from(before), ...bytes, ...Buffer.from(end));
}

/**
 * Finds the codes in a stream, in any chunking. Empty ones are none. One longer than {@link MOST_CODE_BYTES} is dropped whole, its end
 * included, and never kept longer than that.
 */
export class LineDecoder {
  readonly #format: LineFormat;
  readonly #end: Buffer;
  #pending = Buffer.alloc(0);
  #isTooLong = false;

  constructor(format: LineFormat) {
    this.#format = format;
    this.#end = Buffer.from(format.end);
  }

  get pendingBytes(): number {
    return this.#pending.length;
  }

  push(bytes: Uint8Array): LineCode[] {
    const given = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const all = this.#pending.length === 0 ? given : Buffer.concat([this.#pending, given]);
    const codes: LineCode[] = [];
    let at = 0;
    for (let end = all.indexOf(this.#end); end !== -1; end = all.indexOf(this.#end, at)) {
      const code = this.#isTooLong || end - at > MOST_CODE_BYTES ? undefined : readLine(this.#format, all, at, end);
      if (code) codes.push(code);
      this.#isTooLong = false;
      at = end + this.#end.length;
    }
    this.#keep(all.subarray(at));
    return codes;
  }

  clear(): void {
    this.#pending.fill(0);
    this.#pending = Buffer.alloc(0);
    this.#isTooLong = false;
  }

  /** Of a code that is too long already, only what may be the beginning of its end. */
  #keep(rest: Buffer): void {
    if (rest.length > MOST_CODE_BYTES + this.#end.length) this.#isTooLong = true;
    this.#pending = Buffer.from(this.#isTooLong ? rest.subarray(rest.length - this.#end.length + 1) : rest);
  }
}

/** Nothing for an empty one. */
function readLine({ aim }: LineFormat, all: Buffer, start: number, end: number): LineCode | undefined {
  const behindAim = start + AIM_BYTES;
  const hasAim = aim && AIM.test(all.toString('latin1', start, Math.min(behindAim, end)));
  const from = hasAim ? behindAim : start;
  if (from === end) return undefined;
  const bytes = new Uint8Array(all.subarray(from, end));
  return hasAim ? { bytes, symbology: all.toString('latin1', start + 1, behindAim) } : { bytes };
}
