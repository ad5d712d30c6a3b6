import type { CodeReader, DriverContext, ProbeFailure, ReadCode } from '../../src/devices/driver.ts';
import { watchCodes } from '../../src/devices/code-reader-tools.ts';
import { Silence, Underway } from '../../src/devices/driver-tools.ts';
import { done, refused } from '../../src/domain/result.ts';
import type { Result } from '../../src/domain/result.ts';
import { CODE_IDLE_MS, REPEAT_MS } from './limits.ts';
import { LineDecoder } from './protocol.ts';
import type { LineFormat } from './protocol.ts';

/** Listens to a scanner that sends codes as lines of text and takes no commands. */
export class LineScanner implements CodeReader {
  readonly cannotBeAsked = true;
  readonly #context: DriverContext;
  readonly #underway: Underway;
  readonly #decoder: LineDecoder;
  #onCode: ((code: ReadCode) => void) | undefined;
  readonly #silence: Silence;

  constructor(format: LineFormat, context: DriverContext) {
    this.#context = context;
    this.#underway = new Underway(context.link);
    this.#decoder = new LineDecoder(format);
    this.#silence = new Silence(context.clock, CODE_IDLE_MS, () => this.#decoder.clear());
    context.link.onBytes((bytes) => this.#hear(bytes));
  }

  async probe(): Promise<Result<undefined, ProbeFailure>> {
    return this.#underway.isClosed ? refused('no-answer') : done();
  }

  async *watch(signal: AbortSignal): AsyncGenerator<ReadCode, void, undefined> {
    this.#decoder.clear();
    try {
      yield* watchCodes(this.#context, this.#underway, signal, {
        listen: (onSessionEnd) => {
          this.#onCode = onSessionEnd;
          return () => (this.#onCode = undefined);
        },
        repeatMs: REPEAT_MS,
      });
    } finally {
      this.#decoder.clear();
    }
  }

  async reset(): Promise<void> {
    this.#underway.end();
    this.#decoder.clear();
  }

  /** What comes while nobody watches is not even decoded. */
  #hear(bytes: Uint8Array): void {
    this.#silence.heard();
    if (!this.#onCode) return;
    for (const code of this.#decoder.push(bytes)) this.#onCode(code);
  }
}
