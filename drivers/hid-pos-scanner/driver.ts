import type { CodeReader, DriverContext, ProbeFailure, ReadCode } from '../../src/devices/driver.ts';
import { sessionEnded, watchCodes } from '../../src/devices/code-reader-tools.ts';
import type { Arrivals } from '../../src/devices/driver-tools.ts';
import { ask, delivered, Silence, Underway } from '../../src/devices/driver-tools.ts';
import { done, refused } from '../../src/domain/result.ts';
import type { Result } from '../../src/domain/result.ts';
import { ANSWER_MS, CODE_IDLE_MS, REPEAT_MS, TRIGGER_AGAIN_MS } from './limits.ts';
import type { ReportLayout } from './profile.ts';
import { encodePayload, ReportDecoder } from './protocol.ts';
import type { Reported } from './protocol.ts';

/** Listens to one scanner over a link that keeps its reports apart, and triggers it where it must be. */
export class HidPosScanner implements CodeReader {
  readonly #trigger: ReportLayout['trigger'];
  readonly #context: DriverContext;
  readonly #underway: Underway;
  readonly #decoder: ReportDecoder;
  readonly #listeners = new Set<(reported: Reported) => void>();
  readonly #silence: Silence;

  constructor(layout: ReportLayout, context: DriverContext) {
    this.#trigger = layout.trigger;
    this.#context = context;
    this.#underway = new Underway(context.link);
    this.#decoder = new ReportDecoder(layout);
    this.#silence = new Silence(context.clock, CODE_IDLE_MS, () => this.#decoder.clear());
    context.link.onBytes((report) => this.#hear(report));
  }

  /** A scanner without commands cannot be asked: an open line is all that can be known of it. */
  async probe(signal: AbortSignal): Promise<Result<undefined, ProbeFailure>> {
    if (this.#underway.isClosed) return refused('no-answer');
    const trigger = this.#trigger;
    if (!trigger) return done();
    const listen = (take: (answer: Reported) => void): (() => void) =>
      this.#listen((reported) => {
        if (reported.kind === 'answer') take(reported);
      });
    const bytes = encodePayload(trigger.report, trigger.wait);
    const answer = await ask(this.#context, { bytes, listen, milliseconds: ANSWER_MS }, signal);
    return answer ? done() : refused('no-answer');
  }

  async *watch(signal: AbortSignal): AsyncGenerator<ReadCode, void, undefined> {
    if (this.#underway.isClosed) return;
    this.#decoder.clear();
    try {
      yield* watchCodes(this.#context, this.#underway, signal, {
        listen: (onSessionEnd) =>
          this.#listen((reported) => {
            if (reported.kind === 'code') onSessionEnd(reported.code);
          }),
        keepLooking: (sessionEnds, until) => this.#keepTriggering(sessionEnds, until),
        repeatMs: REPEAT_MS,
      });
    } finally {
      this.#decoder.clear();
      if (this.#trigger) void delivered(this.#context.link, encodePayload(this.#trigger.report, this.#trigger.off));
    }
  }

  async reset(): Promise<void> {
    this.#underway.end();
    this.#decoder.clear();
  }

  /** The scanner stops after each code, and after some seconds without one, which it does not tell. */
  async #keepTriggering(sessionEnds: Arrivals<true>, signal: AbortSignal): Promise<void> {
    const trigger = this.#trigger;
    if (!trigger) return;
    await delivered(this.#context.link, encodePayload(trigger.report, trigger.wait));
    while (!signal.aborted) {
      await delivered(this.#context.link, encodePayload(trigger.report, trigger.on));
      await sessionEnded(sessionEnds, this.#context.clock, TRIGGER_AGAIN_MS, signal);
    }
  }

  #hear(report: Uint8Array): void {
    this.#silence.heard();
    const reported = this.#decoder.push(report);
    if (reported) for (const listener of this.#listeners) listener(reported);
  }

  #listen(listener: (reported: Reported) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
