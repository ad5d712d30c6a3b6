import type { SeededRandom } from './random.ts';
import type { LineFault } from './script.ts';

const NOISE_BYTES = 8;
/** Longest piece of a message that is cut anywhere. */
const PIECE_BYTES = 16;

type Noise = Extract<LineFault, { noise: unknown }>;

/** What a line does to the messages of a device, until told otherwise. */
export class Distortion {
  readonly #random: SeededRandom;
  #cut: 'each-byte' | 'anywhere' | 'off' = 'off';
  #noise: Noise = { noise: 'off' };
  #damageAt: number | undefined;
  #missing = 0;
  #repeats = 0;
  pauseMs = 0;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  /** False for a fault that is not about messages. */
  set(fault: LineFault): boolean {
    if ('cut' in fault) {
      this.#cut = fault.cut;
      this.pauseMs = fault.cut === 'off' ? 0 : (fault.pauseMs ?? 0);
    } else if ('noise' in fault) this.#noise = fault;
    else if ('damage' in fault) this.#damageAt = fault.damage === 'off' ? undefined : fault.damage;
    else if ('shorten' in fault) this.#missing = fault.shorten === 'off' ? 0 : fault.shorten;
    else if ('repeat' in fault) this.#repeats = fault.repeat === 'off' ? 0 : fault.repeat;
    else return false;
    return true;
  }

  clear(): void {
    this.#cut = 'off';
    this.pauseMs = 0;
    this.#noise = { noise: 'off' };
    this.#damageAt = undefined;
    this.#missing = 0;
    this.#repeats = 0;
  }

  /** The pieces in which a message arrives. */
  apply(message: Uint8Array): Uint8Array[] {
    const whole = this.#noisy(this.#damaged(message.slice(0, Math.max(0, message.length - this.#missing))));
    return Array.from({ length: this.#repeats + 1 }, () => this.#pieces(whole)).flat();
  }

  #damaged(message: Uint8Array): Uint8Array {
    if (this.#damageAt === undefined) return message;
    const at = this.#damageAt < 0 ? message.length + this.#damageAt : this.#damageAt;
    const byte = message[at];
    if (byte !== undefined) message[at] = byte ^ (1 + this.#random.below(255));
    return message;
  }

  #noisy(message: Uint8Array): Uint8Array {
    const { noise } = this.#noise;
    if (noise === 'off') return message;
    const before = noise === 'inside' ? new Uint8Array() : this.#chosenNoise();
    if (noise === 'before' || message.length < 2) return Buffer.concat([before, message]);
    const at = 1 + this.#random.below(message.length - 1);
    return Buffer.concat([before, message.subarray(0, at), this.#chosenNoise(), message.subarray(at)]);
  }

  #chosenNoise(): Uint8Array {
    const { bytes } = this.#noise;
    return bytes ? Buffer.from(this.#random.of(bytes), 'hex') : this.#random.bytes(1 + this.#random.below(NOISE_BYTES));
  }

  #pieces(message: Uint8Array): Uint8Array[] {
    if (this.#cut === 'off') return [message];
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < message.length;) {
      const size = this.#cut === 'each-byte' ? 1 : 1 + this.#random.below(PIECE_BYTES);
      pieces.push(message.slice(at, at + size));
      at += size;
    }
    return pieces;
  }
}
