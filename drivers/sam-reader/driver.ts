import type {
  CardPresence,
  Clock,
  DriverContext,
  IdReader,
  ProbeFailure,
  ReaderEvent,
  ReadFailure,
} from '../../src/devices/driver.ts';
import type { CardPerson } from '../../src/domain/identity.ts';
import type { Result } from '../../src/domain/result.ts';
import { done, refused } from '../../src/domain/result.ts';
import { readAddress, readCardParts, readSamId, samIdText } from './card-data.ts';
import { readCardText } from './card-text.ts';
import type { Reply } from './commands.ts';
import { status, statusName } from './commands.ts';
import { FIND_POLL_MS, NAME_FIRST_MS, READ_TRIES, SILENT_FINDS, WAIT_FOR_CARD_MS } from './limits.ts';
import type { Answer } from './line.ts';
import { SamLine } from './line.ts';
import { PlacedCard } from './placed-card.ts';
import type { SamProfile } from './profile.ts';
import { tune } from './tune.ts';

export function createSamReader(profile: SamProfile, context: DriverContext): IdReader {
  return new SamReader(profile, context);
}

/** An outcome of a conversation that ended, or nothing when the caller left. */
type Ended<T> = Result<T, ReadFailure> | undefined;

class SamReader implements IdReader {
  readonly #clock: Clock;
  readonly #line: SamLine;
  readonly #profile: SamProfile;
  readonly #placed: PlacedCard;
  #isTuned = false;
  #photo: Uint8Array | undefined;

  constructor(profile: SamProfile, { clock, link }: DriverContext) {
    this.#clock = clock;
    this.#profile = profile;
    this.#line = new SamLine(link, clock, profile.baudRates[0]);
    this.#placed = new PlacedCard(this.#line, clock);
  }

  async probe(signal: AbortSignal): Promise<Result<undefined, ProbeFailure>> {
    let heard = false;
    const current = this.#line.baudRate;
    for (const baudRate of [current, ...this.#profile.baudRates.filter((other) => other !== current)]) {
      await this.#line.setBaudRate(baudRate);
      const answer = await this.#line.ask('status', signal);
      if (answer.kind === 'closed' || answer.kind === 'aborted') return refused('no-answer');
      if (answer.kind === 'reply') return this.#judge(answer.reply, signal);
      heard ||= answer.kind === 'damaged' || answer.heard;
    }
    return refused(heard ? 'wrong-device' : 'no-answer');
  }

  async reset(): Promise<void> {
    this.#line.clear();
    this.#photo?.fill(0);
    this.#photo = undefined;
  }

  photo(): Uint8Array | undefined {
    return this.#photo;
  }

  async serialNumber(signal: AbortSignal): Promise<string | undefined> {
    const reply = successOf(await this.#line.ask('samId', signal));
    const id = reply && readSamId(reply.data);
    return id && samIdText(id);
  }

  watchCard(signal: AbortSignal): AsyncGenerator<CardPresence, void, undefined> {
    return this.#placed.watch(signal);
  }

  async *read(signal: AbortSignal): AsyncGenerator<ReaderEvent, void, undefined> {
    yield { kind: 'waiting' };
    const found = await this.#waitForCard(signal);
    if (found && !found.ok) yield { kind: 'failed', reason: found.reason };
    if (!found?.ok) return;
    const left = new AbortController();
    // The reader is asked first: whoever hears of it may be slow.
    const reading = this.#readCard(AbortSignal.any([signal, left.signal]));
    let isHeard = false;
    try {
      yield { kind: 'reading' };
      isHeard = true;
    } finally {
      if (!isHeard) left.abort();
    }
    const read = await reading;
    this.#line.clear();
    if (read) yield read.ok ? { kind: 'read', person: read.value } : { kind: 'failed', reason: read.reason };
    if (!read?.ok || !(await this.#pause(NAME_FIRST_MS, signal))) return;
    const address = await this.#newestAddress(signal);
    this.#line.clear();
    if (address !== undefined) yield { kind: 'address', address };
    await this.#placed.learn(signal);
  }

  /** A SAM that is not well is started anew once. */
  async #judge(reply: Reply, signal: AbortSignal): Promise<Result<undefined, ProbeFailure>> {
    let { sw3 } = reply;
    if (sw3 !== status.success && (await this.#line.ask('reset', signal)).kind === 'reply') {
      const again = await this.#line.ask('status', signal);
      if (again.kind === 'reply') ({ sw3 } = again.reply);
    }
    if (sw3 !== status.success) return refused('self-test-failed', statusName(sw3));
    if (!this.#isTuned) await tune(this.#line, this.#profile, signal);
    this.#isTuned = true;
    return done();
  }

  async #waitForCard(signal: AbortSignal): Promise<Ended<undefined>> {
    const giveUpAt = this.#clock.now().getTime() + WAIT_FOR_CARD_MS;
    let unanswered = 0;
    while (this.#clock.now().getTime() < giveUpAt) {
      const answer = await this.#placed.find(signal);
      if (answer.kind === 'aborted') return undefined;
      if (answer.kind === 'closed') return refused('reader-absent');
      if (says(answer, status.found)) return done();
      unanswered = says(answer, status.noCard) ? 0 : unanswered + 1;
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
        const again = await this.#placed.find(signal);
        const ended = lineEnd(again);
        if (ended) return ended.outcome;
        if (again.kind !== 'reply') return refused('reader-silent');
        if (says(again, status.noCard) && !answerLost) return refused('card-removed');
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
      if (says(text, status.cardTypeUnknown)) return refused('card-unknown');
      // Nothing is wrong with the card then.
      if (says(text, status.selfTestFailed) || says(text, status.notAuthorised)) return refused('reader-silent');
      const reply = successOf(text);
      const read = reply && this.#decode(reply);
      if (read) return read;
      answerLost = text.kind !== 'reply' || reply !== undefined;
    }
    return refused('card-unreadable');
  }

  /** Nothing when the lengths within the answer do not add up: worth another try. */
  #decode({ data }: Reply): Result<CardPerson, ReadFailure> | undefined {
    const parts = readCardParts(data);
    const person = parts && readCardText(parts.text);
    if (person && parts.photo.length > 0) this.#photo = parts.photo.slice();
    data.fill(0);
    if (!parts) return undefined;
    this.#placed.wasRead();
    return person ? done(person) : refused('card-unknown');
  }

  /** Nothing also when it cannot be read: then the printed one stands. */
  async #newestAddress(signal: AbortSignal): Promise<string | undefined> {
    const reply = successOf(await this.#line.ask('readNewestAddress', signal));
    const address = reply && readAddress(reply.data);
    reply?.data.fill(0);
    return address;
  }

  /** False when the caller left meanwhile. */
  async #pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
    return this.#clock.delay(milliseconds, signal).then(
      () => true,
      () => false,
    );
  }
}

function lineEnd(answer: Answer): { readonly outcome: Ended<never> } | undefined {
  if (answer.kind === 'closed') return { outcome: refused('reader-absent') };
  if (answer.kind === 'aborted') return { outcome: undefined };
  return undefined;
}

function says(answer: Answer, sw3: number): boolean {
  return answer.kind === 'reply' && answer.reply.sw3 === sw3;
}

function successOf(answer: Answer): Reply | undefined {
  return answer.kind === 'reply' && answer.reply.sw3 === status.success ? answer.reply : undefined;
}
