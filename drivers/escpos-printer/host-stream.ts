import { MOST_HOST_COMMAND_BYTES } from './limits.ts';

/**
 * Splits what a host sends into whole commands, for the simulated printer. A byte of text is a command of its own.
 * Lengths as in the generic 80 mm command set. A command longer than {@link MOST_HOST_COMMAND_BYTES} is passed over.
 */
export class HostStream {
  #started: number[] = [];
  /** So much of a command that is too long has still to come. */
  #passing = 0;

  get pendingBytes(): number {
    return this.#started.length;
  }

  push(bytes: Uint8Array): Uint8Array[] {
    const commands: Uint8Array[] = [];
    for (const byte of bytes) {
      if (this.#passing > 0) {
        this.#passing -= 1;
        continue;
      }
      this.#started.push(byte);
      const length = lengthOf(this.#started) ?? 0;
      if (length > MOST_HOST_COMMAND_BYTES) {
        this.#passing = length - this.#started.length;
        this.#started = [];
      } else if (length === this.#started.length) {
        commands.push(Uint8Array.from(this.#started));
        this.#started = [];
      }
    }
    return commands;
  }
}

const DLE = 0x10;
const ESC = 0x1b;
const FS = 0x1c;
const GS = 0x1d;

/** The whole command's length, or undefined while it cannot be told yet. */
function lengthOf(started: readonly number[]): number | undefined {
  const [head, second] = started;
  if (head !== DLE && head !== ESC && head !== FS && head !== GS) return 1;
  if (second === undefined) return undefined;
  if (head === GS) return lengthOfGs(second, started);
  if (head === DLE) return lengthOfDle(second, started);
  if (head === FS) return second === 0x26 || second === 0x2e ? 2 : 3;
  if (second === 0x2a) return lengthOfBitImage(started);
  return second === 0x40 || second === 0x32 ? 2 : 3;
}

/** `ESC *`: modes 32 and 33 have three bytes in a column, the others one. */
function lengthOfBitImage([, , mode = 0, low, high]: readonly number[]): number | undefined {
  if (low === undefined || high === undefined) return undefined;
  return 5 + (low + 256 * high) * (mode >= 32 ? 3 : 1);
}

/** `DLE DC4`: function 8 has seven parameters, the others two. */
function lengthOfDle(second: number, [, , third]: readonly number[]): number | undefined {
  if (second !== 0x14) return 3;
  if (third === undefined) return undefined;
  return third === 0x08 ? 10 : 5;
}

function lengthOfGs(second: number, started: readonly number[]): number | undefined {
  const [, , third, fourth, fifth, sixth, seventh, eighth] = started;
  switch (second) {
    case 0x6b:
      return fourth === undefined ? undefined : 4 + fourth;
    case 0x76:
      if (fifth === undefined || sixth === undefined || seventh === undefined || eighth === undefined) return undefined;
      return 8 + (fifth + 256 * sixth) * (seventh + 256 * eighth);
    case 0x28:
      return fourth === undefined || fifth === undefined ? undefined : 5 + fourth + 256 * fifth;
    case 0x56:
      if (third === undefined) return undefined;
      return third === 0x41 || third === 0x42 ? 4 : 3;
    case 0x4c:
    case 0x57:
      return 4;
    default:
      return 3;
  }
}
