import type { Clock } from '../../contract/clock.ts';
import type { EventLog } from '../../contract/log.ts';
import type { HandedIn } from '../../contract/visit-view.ts';
import type { ApplicationDraft } from '../../domain/application.ts';
import type { CardPerson } from '../../domain/identity.ts';
import type { Locale } from '../../domain/messages.ts';
import type { ReceiptFacts } from '../../domain/receipt.ts';
import type { PageFiles } from '../case/page-files.ts';
import { hallTime } from '../hall-time.ts';
import type { Transact } from '../store/transact.ts';
import type { WipeRecords } from './wipe-records.ts';

/** A case that this visit handed in: what the receipt and the rating need of it, masked. */
export interface HandedInCase {
  readonly caseId: string;
  readonly answer: HandedIn;
  readonly receipt: ReceiptFacts;
}

/** All that is known of the one person at the kiosk. In memory only; the drafts' pages are sealed files. */
export interface Visit {
  locale: Locale;
  consented: boolean;
  person: CardPerson | undefined;
  draft: ApplicationDraft | undefined;
  /** PNG, base64 */
  signature: string | undefined;
  handedIn: HandedInCase | undefined;
  /** Aborted when the visit ends: every stream of the visit, and with it each device, stops then. */
  readonly ended: AbortSignal;
}

export type EndCause = 'finished' | 'left' | 'idle' | 'fault';

export interface VisitsDeps {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly transact: Transact;
  readonly wipes: WipeRecords;
  readonly pages: PageFiles;
}

/** Keeps the one visit that can be open. */
export class Visits {
  readonly #deps: VisitsDeps;
  #open: { readonly visit: Visit; readonly end: AbortController } | undefined;

  constructor(deps: VisitsDeps) {
    this.#deps = deps;
  }

  get current(): Visit | undefined {
    return this.#open?.visit;
  }

  start(locale: Locale): void {
    this.end('left');
    const end = new AbortController();
    const visit: Visit = {
      locale,
      consented: false,
      person: undefined,
      draft: undefined,
      signature: undefined,
      handedIn: undefined,
      ended: end.signal,
    };
    this.#open = { visit, end };
  }

  /** Puts a draft away: its pages are removed, its values forgotten. */
  discardDraft(visit: Visit): void {
    for (const pages of Object.values(visit.draft?.pages ?? {})) {
      for (const { id } of pages) this.#deps.pages.remove(id);
    }
    visit.draft = undefined;
    visit.signature = undefined;
  }

  /**
   * Forgets everything of the visit that was not committed, stops its devices and writes the wipe record. Safe to repeat.
   * A disk that cannot take the wipe record does not keep the wipe from happening.
   */
  end(cause: EndCause): void {
    const open = this.#open;
    if (!open) return;
    this.#open = undefined;
    open.end.abort();
    const { visit } = open;
    this.discardDraft(visit);
    visit.person = undefined;
    visit.handedIn = undefined;
    visit.consented = false;
    const { clock, log, transact, wipes } = this.#deps;
    const written = transact(() => wipes.add(hallTime(clock.now()), cause));
    if (!written.ok) log('core.wipe-record-failed', { cause: written.reason });
    log('core.visit-ended', { cause });
  }
}
