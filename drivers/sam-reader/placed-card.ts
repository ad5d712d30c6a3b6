import type { CardPresence, Clock } from '../../src/devices/driver.ts';
import { status } from './commands.ts';
import { LOOKS_WITHOUT_CARD, PRESENCE_POLL_MS, SILENT_FINDS } from './limits.ts';
import type { Answer, SamLine } from './line.ts';

/** What one look at the reader tells. */
type Look = CardPresence | 'no-answer' | 'over';

/**
 * Whether a card lies on the reader. Nothing tells of its going, and a card that was read is not found again until it is lifted:
 * "no card" then means either. Readers that still select such a card tell the two apart; with others it stays unknown.
 */
export class PlacedCard {
  readonly #line: SamLine;
  readonly #clock: Clock;
  /** Not found does not mean gone. So too at first: it may have been read before this program began. */
  #mayBeHidden = true;
  #selectsReadCards = false;

  constructor(line: SamLine, clock: Clock) {
    this.#line = line;
    this.#clock = clock;
  }

  async find(signal: AbortSignal): Promise<Answer> {
    const answer = await this.#line.ask('find', signal);
    if (says(answer, status.found)) this.#mayBeHidden = false;
    return answer;
  }

  /** It gave its text. */
  wasRead(): void {
    this.#mayBeHidden = true;
  }

  /** To be called right after a card was read, which then still lies there. */
  async learn(signal: AbortSignal): Promise<void> {
    if (says(await this.#line.ask('select', signal), status.success)) this.#selectsReadCards = true;
  }

  /** Tells each change until the card is gone, the line is closed, the reader is silent or the signal is aborted. */
  async *watch(signal: AbortSignal): AsyncGenerator<CardPresence, void, undefined> {
    let told: CardPresence | undefined;
    let without = 0;
    let unanswered = 0;
    while (told !== 'gone' && unanswered < SILENT_FINDS) {
      const look = await this.#look(signal);
      if (look === 'over') return;
      unanswered = look === 'no-answer' ? unanswered + 1 : 0;
      without = look === 'gone' ? without + 1 : 0;
      const isSure = look !== 'no-answer' && (look !== 'gone' || without === LOOKS_WITHOUT_CARD);
      if (isSure && look !== told) {
        told = look;
        yield look;
      } else {
        await this.#clock.delay(PRESENCE_POLL_MS, signal).catch(() => undefined);
      }
    }
  }

  async #look(signal: AbortSignal): Promise<Look> {
    const found = await this.find(signal);
    if (!says(found, status.noCard)) return says(found, status.found) ? 'present' : failureOf(found);
    if (!this.#mayBeHidden) return 'gone';
    const selected = await this.#line.ask('select', signal);
    if (selected.kind !== 'reply') return failureOf(selected);
    if (selected.reply.sw3 !== status.success) return this.#selectsReadCards ? 'gone' : 'unknown';
    this.#selectsReadCards = true;
    return 'present';
  }
}

function failureOf(answer: Answer): 'no-answer' | 'over' {
  return answer.kind === 'closed' || answer.kind === 'aborted' ? 'over' : 'no-answer';
}

function says(answer: Answer, sw3: number): boolean {
  return answer.kind === 'reply' && answer.reply.sw3 === sw3;
}
