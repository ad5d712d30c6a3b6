import type { Clock, DriverContext, IdReader, ProbeFailure, ReadEvent, ReadFailure } from '../../src/devices/driver.ts';
import type { CardPerson } from '../../src/domain/identity.ts';
import type { Result } from '../../src/domain/result.ts';
import { done, refused } from '../../src/domain/result.ts';
import { readCardText } from './card-text.ts';
import { FIND_POLL_MS, READ_TRIES, SILENT_FINDS, WAIT_FOR_CARD_MS } from './limits.ts';
import type { Answer } from './line.ts';
import { SamLine } from './line.ts';
import type { Reply } from './protocol.ts';
import { readTextBlock, status } from './protocol.ts';

/** `baudRates`: line speeds to try, the usual one first. */
export function createSamReader(baudRates: readonly number[], context: DriverContext): IdReader {
  return new SamReader(baudRates, context);
}

/** An outcome of a conversation that ended, or nothing when the caller left. */
type Ended<T> = Result<T, ReadFailure> | undefined;

class SamReader implements IdReader {
  readonly #clock: Clock;
  readonly #line: SamLine;
  readonly #baudRates: readonly number[];

  constructor(baudRates: readonly number[], { clock, link }: DriverContext) {
    const [first] = baudRates;
    if (first === undefined) throw new Error('a profile needs a line speed');
    this.#clock = clock;
    this.#baudRates = baudRates;
    this.#line = new SamLine(link, clock, first);
  }

  async probe(signal: AbortSignal): Promise<Result<undefined, ProbeFailure>> {
    let heard = false;
    const current = this.#line.baudRate;
    for (const baudRate of [current, ...this.#baudRates.filter((other) => other !== current)]) {
      await this.#line.setBaudRate(baudRate);
      const answer = await this.#line.ask('status', signal);
      if (answer.kind === 'closed' || answer.kind === 'aborted') return refused('no-answer');
      if (answer.kind === 'reply') {
        if (answer.reply.sw3 === status.success) return done();
        return refused('self-test-failed', `status ${answer.reply.sw3.toString(16)}`);
      }
      heard ||= answer.kind === 'damaged' || answer.heard;
    }
    return refused(heard ? 'wrong-device' : 'no-answer');
  }

  async reset(): Promise<void> {
    this.#line.clear();
  }

  async *read(signal: AbortSignal): AsyncGenerator<ReadEvent, void, undefined> {
    yield { kind: 'waiting' };
    const found = await this.#waitForCard(signal);
    if (found && !found.ok) yield { kind: 'failed', reason: found.reason };
    if (!found?.ok) return;
    yield { kind: 'reading' };
    const read = await this.#readCard(signal);
    this.#line.clear();
    if (read) yield read.ok ? { kind: 'read', person: read.value } : { kind: 'failed', reason: read.reason };
  }

  async #waitForCard(signal: AbortSignal): Promise<Ended<undefined>> {
    const giveUpAt = this.#clock.now().getTime() + WAIT_FOR_CARD_MS;
    let unanswered = 0;
    while (this.#clock.now().getTime() < giveUpAt) {
      const answer = await this.#line.ask('find', signal);
      if (answer.kind === 'aborted') return undefined;
      if (answer.kind === 'closed') return refused('reader-absent');
      if (isFound(answer)) return done();
      unanswered = isNoCard(answer) ? 0 : unanswered + 1;
      if (unanswered === SILENT_FINDS) return refused('reader-silent');
      if (!(await this.#pause(FIND_POLL_MS, signal))) return undefined;
    }
    return refused('timed-out');
  }

  /** Select and read, once more from the find on when something went wrong. */
  async #readCard(signal: AbortSignal): Promise<Ended<CardPerson>> {
    // The card may be well and already read when only its answer was lost on the line. The reader does not find such a
    // card again until it is lifted, but it can still be selected.
    let answerLost = false;
    for (let attempt = 1; attempt <= READ_TRIES; attempt += 1) {
      if (attempt > 1) {
        const again = await this.#line.ask('find', signal);
        const ended = lineEnd(again);
        if (ended) return ended.outcome;
        if (again.kind !== 'reply') return refused('reader-silent');
        if (isNoCard(again) && !answerLost) return refused('card-removed');
      }
      const selected = await this.#line.ask('select', signal);
      const selectEnd = lineEnd(selected);
      if (selectEnd) return selectEnd.outcome;
      if (!successOf(selected)) {
        if (selected.kind === 'reply' && answerLost) return refused('card-removed');
        answerLost = selected.kind !== 'reply';
        continue;
      }
      const text = await this.#line.ask('readText', signal);
      const textEnd = lineEnd(text);
      if (textEnd) return textEnd.outcome;
      if (text.kind === 'reply' && text.reply.sw3 === status.cardTypeUnknown) return refused('card-unknown');
      const reply = successOf(text);
      const read = reply && decode(reply);
      if (read) return read;
      answerLost = text.kind !== 'reply' || reply !== undefined;
    }
    return refused('card-unreadable');
  }

  /** False when the caller left meanwhile. */
  async #pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
    return this.#clock.delay(milliseconds, signal).then(
      () => true,
      () => false,
    );
  }
}

/** Nothing when the lengths within the answer do not add up: worth another try. */
function decode(reply: Reply): Result<CardPerson, ReadFailure> | undefined {
  const block = readTextBlock(reply.data);
  const person = block && readCardText(block);
  reply.data.fill(0);
  if (!block) return undefined;
  return person ? done(person) : refused('card-unknown');
}

function lineEnd(answer: Answer): { readonly outcome: Ended<never> } | undefined {
  if (answer.kind === 'closed') return { outcome: refused('reader-absent') };
  if (answer.kind === 'aborted') return { outcome: undefined };
  return undefined;
}

function isFound(answer: Answer): boolean {
  return answer.kind === 'reply' && answer.reply.sw3 === status.found;
}

function isNoCard(answer: Answer): boolean {
  return answer.kind === 'reply' && answer.reply.sw3 === status.noCard;
}

function successOf(answer: Answer): Reply | undefined {
  return answer.kind === 'reply' && answer.reply.sw3 === status.success ? answer.reply : undefined;
}
