import type { Clock } from '../../contract/clock.ts';
import type { EventLog } from '../../contract/log.ts';
import type { HandedIn } from '../../contract/visit-view.ts';
import type { ApplicationDraft } from '../../domain/application.ts';
import type { CardPerson } from '../../domain/identity.ts';
import type { Locale } from '../../domain/messages.ts';
import type { RatingChannel, RatingLevel } from '../../domain/rating.ts';
import type { ReceiptFacts } from '../../domain/receipt.ts';
import type { PageFiles } from '../case/page-files.ts';
import type { CertificateLook } from '../application/take-certificates.ts';
import { hallTime } from '../hall-time.ts';
import type { TakenTicket } from '../queue/take-ticket.ts';
import type { ReadyReceipt } from '../receipt/print-receipt.ts';
import type { OpenSupplement } from '../supplement/open-supplement.ts';
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
  /** The platform's word for who they are; see `visit-identity.ts`. */
  identity: { readonly token: string; readonly expiresAt: string } | undefined;
  /** What the platform said of e-certificates, by case and material; forgotten with the application it was for. */
  readonly certificates: Map<string, CertificateLook>;
  /** Resolves when the card has nothing more to tell of this person. */
  cardTold: Promise<void>;
  draft: ApplicationDraft | undefined;
  /** PNG, base64 */
  signature: string | undefined;
  handedIn: HandedInCase | undefined;
  /** The draft is no application of its own but what a notice asks for. */
  supplement: OpenSupplement | undefined;
  /** Pressed, and about to be kept: the person is asked why. */
  heldRating: { readonly level: RatingLevel; readonly channel: RatingChannel } | undefined;
  /** Queue tickets, by the prefix of their queue. */
  readonly tickets: Map<string, TakenTicket>;
  /** Tickets of those who checked in, by their appointment. */
  readonly checkedIn: Map<string, TakenTicket>;
  /** Keys of what was sent for the person and not answered yet, by what it was. */
  readonly attempts: Map<string, string>;
  /** What was handed in of what they wrote, by a hash of it: the code that reads its answer. */
  readonly enquiries: Map<string, { readonly code: string; readonly submittedAt: string }>;
  /** Codes of the items whose guides they rated. */
  readonly ratedGuides: Set<string>;
  /** A finger lies on the button that prints. */
  readyReceipt: ReadyReceipt | undefined;
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
  /** Somebody is being served. */
  readonly onBegin: () => void;
  /** They are not any more. `usedReader`: it may have their card. */
  readonly onEnd: (usedReader: boolean) => void;
}

/** Keeps the one visit that can be open. */
export class Visits {
  readonly #deps: VisitsDeps;
  #open: { readonly visit: Visit; readonly end: AbortController; readonly record: number | undefined } | undefined;

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
      identity: undefined,
      certificates: new Map(),
      cardTold: Promise.resolve(),
      draft: undefined,
      signature: undefined,
      handedIn: undefined,
      supplement: undefined,
      heldRating: undefined,
      tickets: new Map(),
      checkedIn: new Map(),
      attempts: new Map(),
      enquiries: new Map(),
      ratedGuides: new Set(),
      readyReceipt: undefined,
      ended: end.signal,
    };
    const { clock, log, transact, wipes, onBegin } = this.#deps;
    onBegin();
    const opened = transact(() => wipes.open(hallTime(clock.now())));
    // Nobody is sent away for it: the record is then written at the end alone.
    if (!opened.ok) log('core.wipe-record-failed', { cause: opened.reason });
    this.#open = { visit, end, record: opened.ok ? opened.value : undefined };
  }

  /**
   * To be called at the start, once left-over pages are swept: a visit that was open when the last run broke off went with
   * its memory, and its wipe record says so.
   */
  settleLastRun(): void {
    const { clock, log, transact, wipes } = this.#deps;
    const settled = transact(() => wipes.closeAll(hallTime(clock.now()), 'crash'));
    if (!settled.ok) log('core.wipe-record-failed', { cause: settled.reason });
    else for (let left = settled.value; left > 0; left -= 1) log('core.visit-ended', { cause: 'crash' });
  }

  /** Puts a draft away: its pages are removed, its values forgotten. */
  discardDraft(visit: Visit): void {
    this.removePages(Object.values(visit.draft?.pages ?? {}).flat());
    visit.draft = undefined;
    visit.supplement = undefined;
    visit.signature = undefined;
    visit.certificates.clear();
  }

  /** Removes pages that are in no case. What a failing disk keeps of them, the next start removes. */
  removePages(pages: readonly { readonly id: string }[]): void {
    const { log, pages: files } = this.#deps;
    for (const { id } of pages) {
      const removed = files.remove(id);
      if (!removed.ok) log('core.write-failed', { what: 'page-removal', cause: removed.reason });
    }
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
    visit.identity = undefined;
    visit.handedIn = undefined;
    visit.heldRating = undefined;
    visit.readyReceipt = undefined;
    for (const kept of [visit.tickets, visit.checkedIn, visit.attempts, visit.enquiries, visit.ratedGuides])
      kept.clear();
    const usedReader = visit.consented;
    visit.consented = false;
    const { clock, log, transact, wipes, onEnd } = this.#deps;
    const written = transact(() => wipes.close(open.record, hallTime(clock.now()), cause));
    if (!written.ok) log('core.wipe-record-failed', { cause: written.reason });
    log('core.visit-ended', { cause });
    onEnd(usedReader);
  }
}
