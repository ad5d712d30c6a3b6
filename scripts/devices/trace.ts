import { z } from 'zod';
import type { ByteLink } from '../../src/devices/driver.ts';
import { LinkClosed } from '../../src/devices/driver.ts';

/**
 * Traffic of one device, line by line: first what was recorded, then the bytes in the order in which they passed, `ms` since
 * the line opened and `hex`; at last what came of it, as core was told.
 */
const header = z.strictObject({ trace: z.literal(1), driver: z.string(), profile: z.string(), at: z.iso.datetime() });
const passed = z.strictObject({
  ms: z.int().nonnegative(),
  to: z.enum(['device', 'host']),
  hex: z.string().regex(/^(?:[0-9a-f]{2})+$/),
});
const outcome = z.strictObject({ events: z.array(z.string()) });

export type TraceHeader = z.infer<typeof header>;
type Passed = z.infer<typeof passed>;
export interface Trace extends TraceHeader {
  readonly traffic: readonly Passed[];
  readonly events: readonly string[];
}

export function writeTrace({ events, traffic, ...about }: Trace): string {
  return [about, ...traffic, { events }].map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** Throws for a text that is no trace. */
export function readTrace(text: string): Trace {
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
  const about = header.parse(lines[0]);
  const { events } = outcome.parse(lines.at(-1));
  return { ...about, traffic: lines.slice(1, -1).map((line) => passed.parse(line)), events };
}

/** A line that answers what is written to it as the recorded device did, and closes when it is asked something else. */
export class ReplayLink implements ByteLink {
  readonly #traffic: readonly Passed[];
  readonly #listeners = new Set<(bytes: Uint8Array) => void>();
  readonly #closers = new Set<() => void>();
  #next = 0;
  /** Of the piece that is expected now, so much was written. */
  #written = '';
  #closed = false;
  /** Where the driver wrote something else than in the recording: the number of its line. */
  divergedAt: number | undefined;

  constructor(traffic: readonly Passed[]) {
    this.#traffic = traffic;
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#closed) throw new LinkClosed();
    this.#written += Buffer.from(bytes).toString('hex');
    this.#answer();
    while (this.#written !== '') {
      const expected = this.#traffic[this.#next];
      if (expected?.to !== 'device' || !overlaps(expected.hex, this.#written)) {
        // What the driver asks after the end of the recording is no divergence.
        if (expected) this.divergedAt = this.#next + 2;
        await this.close();
        return;
      }
      if (this.#written.length < expected.hex.length) return;
      this.#written = this.#written.slice(expected.hex.length);
      this.#next += 1;
      this.#answer();
    }
  }

  onBytes(listener: (bytes: Uint8Array) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onClose(listener: () => void): () => void {
    this.#closers.add(listener);
    return () => this.#closers.delete(listener);
  }

  setBaudRate(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    this.#closed = true;
    for (const closer of this.#closers) closer();
    return Promise.resolve();
  }

  /** Everything up to the next question, but not in the same turn as the question before it. */
  #answer(): void {
    for (;;) {
      const piece = this.#traffic[this.#next];
      if (piece?.to !== 'host') return;
      this.#next += 1;
      setImmediate(() => {
        for (const listener of this.#listeners) listener(Uint8Array.from(Buffer.from(piece.hex, 'hex')));
      });
    }
  }
}

const overlaps = (expected: string, written: string): boolean =>
  expected.startsWith(written) || written.startsWith(expected);
