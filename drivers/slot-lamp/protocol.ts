/**
 * ASCII messages of a board with lamps and a presence sensor, both directions. Pure.
 *
 * To the board `O(00,NN,S)E`: lamp NN, state S. From it `I(00,NN,V)E`: input NN has the value V.
 */

/** Of a lamp. The board knows no steady light: `blink` lasts some seconds and ends by itself. */
export const lampState = { off: 0, blink: 2 } as const;

export interface BoardMessage {
  /** `O`: to the board; `I`: from it. */
  readonly direction: 'O' | 'I';
  /** 00 to 99. */
  readonly channel: number;
  /** 0 to 9. */
  readonly value: number;
}

const twoDigits = (number: number): string => String(number).padStart(2, '0');

export const encodeMessage = ({ direction, channel, value }: BoardMessage): Uint8Array =>
  Uint8Array.from(Buffer.from(`${direction}(00,${twoDigits(channel)},${value})E`));

/** Of one message; as many are never kept between two calls of {@link MessageDecoder.push}. */
export const MESSAGE_BYTES = 11;
const MESSAGE = /[OI]\(00,\d\d,\d\)E/gu;

/** Finds messages in a stream, in any chunking. */
export class MessageDecoder {
  #pending = '';

  get pendingBytes(): number {
    return this.#pending.length;
  }

  push(bytes: Uint8Array): BoardMessage[] {
    const text = this.#pending + Buffer.from(bytes).toString('latin1');
    const found = [...text.matchAll(MESSAGE)];
    const last = found.at(-1);
    const rest = last ? text.slice(last.index + MESSAGE_BYTES) : text;
    this.#pending = rest.slice(1 - MESSAGE_BYTES);
    return found.map(([message]) => ({
      direction: message.startsWith('O') ? 'O' : 'I',
      channel: Number(message.slice(5, 7)),
      value: Number(message.slice(8, 9)),
    }));
  }

  clear(): void {
    this.#pending = '';
  }
}
