import { createHash } from 'node:crypto';
import type { Clock } from '../../contract/clock.ts';
import type { EventLog } from '../../contract/log.ts';
import { comparedKind, type ComparedKind } from '../../contract/reconciliation.ts';
import { compareRecords, summarise, type Difference } from '../../domain/reconciliation.ts';
import type { Audit } from '../audit/audit-trail.ts';
import type { CaseRecords } from '../case/case-records.ts';
import { hallDay, hallTime } from '../hall-time.ts';
import { CASE_UNREGISTERED_AFTER_MS, RECONCILE_BACK_DAYS, RECONCILE_LOOK_MS } from '../limits.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { QueueTickets } from '../queue/queue-tickets.ts';
import type { Notice } from '../status/notices.ts';
import type { Transact } from '../store/transact.ts';
import type { Outcome } from '../sync/outcome.ts';
import type { PlatformClient } from '../sync/platform-client.ts';
import type { Reachability } from '../sync/reachability.ts';
import { Wake, waitOrWake } from '../sync/wake.ts';
import type { HandedOver } from './handed-over.ts';

export interface ReconcilerDeps {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly transact: Transact;
  readonly audit: Audit;
  readonly kioskId: string;
  readonly platform: Pick<PlatformClient, 'daySummaries' | 'dayRecords'>;
  readonly reachability: Reachability;
  readonly handedOver: HandedOver;
  readonly outbox: Pick<Outbox, 'isUnsent'>;
  readonly tickets: Pick<QueueTickets, 'has'>;
  readonly cases: Pick<CaseRecords, 'unregisteredSince'>;
  readonly onChange: () => void;
}

type Differences = readonly { readonly kind: ComparedKind; readonly difference: Difference }[];

/**
 * Once a day kiosk and platform compare what they have of the days that are over, by the platform's time of receipt: such a
 * day changes no more, whatever waits to be sent. A day that differs is compared again each day until it is mended.
 */
export class Reconciler {
  readonly #deps: ReconcilerDeps;
  /** Compared since the start or the last midnight. */
  #doneFor: string | undefined;
  #unregistered = 0;

  constructor(deps: ReconcilerDeps) {
    this.#deps = deps;
  }

  get notices(): Notice[] {
    const different = this.#deps.handedOver.different();
    return [
      ...(different.length === 0 ? [] : [{ kind: 'records-differ' as const, detail: different.join(', ') }]),
      ...(this.#unregistered === 0 ? [] : [{ kind: 'cases-unregistered' as const, detail: `${this.#unregistered}` }]),
    ];
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock, reachability } = this.#deps;
    const wake = new Wake();
    reachability.onChange(() => wake.call());
    while (!signal.aborted) {
      this.#begin();
      this.#lookForUnregistered();
      const today = hallDay(clock.now());
      if (reachability.state === 'reachable' && this.#doneFor !== today && (await this.#compareDue(today, signal)))
        this.#doneFor = today;
      await waitOrWake(clock, RECONCILE_LOOK_MS, wake, signal);
    }
  }

  /** The first day that is compared is today, or tomorrow where today began with a version that did not remember. */
  #begin(): void {
    const { clock, log, transact, handedOver } = this.#deps;
    const today = hallDay(clock.now());
    if (handedOver.lastCompared(today) !== undefined) return;
    const before = handedOver.isIncomplete() ? today : daysBefore(today, 1);
    const written = transact(() => handedOver.settle(before, hallTime(clock.now()), 'same'));
    if (!written.ok) log('core.write-failed', { what: 'reconciliation', cause: written.reason });
  }

  /** False when the platform did not answer for all of them: the rest is compared at the next look. */
  async #compareDue(today: string, signal: AbortSignal): Promise<boolean> {
    const { transact, handedOver } = this.#deps;
    for (const day of this.#dueDays(today)) {
      const differences = await this.#compare(day, signal);
      if (signal.aborted || differences === undefined || !this.#settle(day, differences)) return false;
    }
    return transact(() => handedOver.forget(daysBefore(today, RECONCILE_BACK_DAYS))).ok;
  }

  #dueDays(today: string): string[] {
    const { handedOver } = this.#deps;
    const last = handedOver.lastCompared(today);
    const fresh = Array.from({ length: RECONCILE_BACK_DAYS }, (_, index) => daysBefore(today, index + 1));
    return [...handedOver.different(), ...fresh.filter((day) => last !== undefined && day > last).toReversed()];
  }

  /** What differs on a day; nothing when that cannot be said now. */
  async #compare(day: string, signal: AbortSignal): Promise<Differences | undefined> {
    const { platform, kioskId } = this.#deps;
    const told = await this.#ask(() => platform.daySummaries(kioskId, day, signal));
    if (!told) return undefined;
    const differences = [];
    for (const kind of comparedKind.options) {
      const own = this.#deps.handedOver.of(day, kind);
      const { count, hash } = summarise(own, sha256);
      const theirs = told.summaries.find((summary) => summary.kind === kind);
      // A platform of an older version does not compare this kind yet.
      if (!theirs || (theirs.count === count && theirs.hash === hash)) continue;
      const list = await this.#ask(() => platform.dayRecords(kioskId, day, kind, signal));
      if (!list) return undefined;
      const difference = this.#withoutOwn(compareRecords(own, list.records));
      if (sizeOf(difference) > 0) differences.push({ kind, difference });
    }
    return differences;
  }

  /**
   * The platform may have what it could not acknowledge: that is still on its way here, and no difference. Tickets of this
   * kiosk may have arrived when it did not remember them yet.
   */
  #withoutOwn({ missing, extra, altered }: Difference): Difference {
    const { outbox, tickets } = this.#deps;
    return { missing, extra: extra.filter((id) => !outbox.isUnsent(id) && !tickets.has(id)), altered };
  }

  async #ask<T>(call: () => Promise<Outcome<T>>): Promise<T | undefined> {
    const { reachability } = this.#deps;
    if (reachability.state !== 'reachable') return undefined;
    const outcome = await reachability.through(call, 'news');
    return outcome.kind === 'done' ? outcome.value : undefined;
  }

  #settle(day: string, differences: Differences): boolean {
    const { clock, log, transact, audit, handedOver, onChange } = this.#deps;
    const records = comparedKind.options.reduce((sum, kind) => sum + handedOver.of(day, kind).length, 0);
    const outcome = differences.length === 0 ? 'same' : 'different';
    const written = transact(() => {
      handedOver.settle(day, hallTime(clock.now()), outcome);
      audit.append({ who: 'process:core', what: 'records-compared', target: day, outcome: tell(differences) });
    });
    if (!written.ok) {
      log('core.write-failed', { what: 'reconciliation', cause: written.reason });
      return false;
    }
    if (outcome === 'same') log('core.reconciled', { day, records });
    for (const { kind, difference } of differences) {
      const { missing, extra, altered } = difference;
      log('core.records-differ', {
        day,
        kind,
        missing: missing.length,
        extra: extra.length,
        altered: altered.length,
      });
    }
    onChange();
    return true;
  }

  #lookForUnregistered(): void {
    const { clock, cases, log, onChange } = this.#deps;
    const count = cases.unregisteredSince(hallTime(new Date(clock.now().getTime() - CASE_UNREGISTERED_AFTER_MS)));
    if (count === this.#unregistered) return;
    this.#unregistered = count;
    if (count > 0) log('core.cases-unregistered', { cases: count });
    onChange();
  }
}

/** Ids belong to nobody's name; with them staff and platform find the records. */
function tell(differences: Differences): string {
  if (differences.length === 0) return 'same';
  const words = differences.flatMap(({ kind, difference }) =>
    Object.entries(difference).flatMap(([how, ids]) =>
      ids.length === 0 ? [] : [`${kind} ${how}: ${ids.slice(0, NAMED).join(' ')}${ids.length > NAMED ? ' …' : ''}`],
    ),
  );
  return words.join('; ');
}

/** So many records of each difference are named in the audit. */
const NAMED = 20;

function sizeOf({ missing, extra, altered }: Difference): number {
  return missing.length + extra.length + altered.length;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** @param day YYYY-MM-DD */
function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * 24 * 3_600_000).toISOString().slice(0, 10);
}
