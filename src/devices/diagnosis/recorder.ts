import type { ByteLink, DriverModule, Redaction } from '../driver.ts';

/** Bytes as they passed: since when the recording began, which way, and what; `hex` without spaces. */
export interface Passed {
  readonly ms: number;
  readonly to: 'device' | 'host';
  readonly hex: string;
}

/** Lines of these classes never carry anything about a person. */
const impersonal: readonly DriverModule['class'][] = ['rating-pad', 'cue-lamps'];
const sameBytes = (bytes: Uint8Array): Uint8Array => bytes;
export const unchanged: Redaction = { received: sameBytes, sent: sameBytes };

/** Nothing when the traffic of that driver must not be kept. */
export function redactionOf(driver: DriverModule): Redaction | undefined {
  return driver.redact ?? (impersonal.includes(driver.class) ? unchanged : undefined);
}

/** Keeps what passes in memory; only {@link Recorder.traffic} gives it out, with personal data replaced. */
export class Recorder {
  readonly #redaction: Redaction;
  readonly #now: () => number;
  #began: number;
  #pieces: { readonly ms: number; readonly to: 'device' | 'host'; readonly bytes: Uint8Array }[] = [];

  constructor(redaction: Redaction, now: () => number) {
    this.#redaction = redaction;
    this.#now = now;
    this.#began = now();
  }

  note(to: 'device' | 'host', bytes: Uint8Array): void {
    // A copy: a driver overwrites what it has read.
    this.#pieces.push({ ms: Math.max(0, Math.round(this.#now() - this.#began)), to, bytes: Uint8Array.from(bytes) });
  }

  /** The same line, listened to. Forgets what a line before it has carried. */
  listen(link: ByteLink): ByteLink {
    this.#pieces = [];
    this.#began = this.#now();
    return listenedTo(link, (to, bytes) => this.note(to, bytes));
  }

  traffic(): Passed[] {
    const redacted = {
      host: this.#redaction.received(this.#all('host')),
      device: this.#redaction.sent(this.#all('device')),
    };
    const at = { host: 0, device: 0 };
    return this.#pieces.map(({ ms, to, bytes }) => {
      const from = at[to];
      at[to] += bytes.length;
      return { ms, to, hex: Buffer.from(redacted[to].subarray(from, at[to])).toString('hex') };
    });
  }

  #all(to: 'device' | 'host'): Uint8Array {
    return Buffer.concat(this.#pieces.filter((piece) => piece.to === to).map(({ bytes }) => bytes));
  }
}

/** A line that tells of its bytes before it passes them on. */
export function listenedTo(link: ByteLink, tell: (to: 'device' | 'host', bytes: Uint8Array) => void): ByteLink {
  link.onBytes((bytes) => tell('host', bytes));
  return {
    write: (bytes) => {
      tell('device', bytes);
      return link.write(bytes);
    },
    onBytes: (listener) => link.onBytes(listener),
    onClose: (listener) => link.onClose(listener),
    setBaudRate: (baudRate) => link.setBaudRate(baudRate),
    close: () => link.close(),
  };
}
