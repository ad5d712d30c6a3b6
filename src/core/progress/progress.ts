import type { ProgressView } from '../../contract/visit-view.ts';
import { newsOf } from '../../contract/changes.ts';
import type { Clock } from '../../contract/clock.ts';
import type { KioskConfig } from '../../contract/config.ts';
import { legalDeadline, type AddDays } from '../../domain/legal-clock.ts';
import { parseProvisionalNumber } from '../../domain/provisional-number.ts';
import { done, refused, type Result } from '../../domain/result.ts';
import type { CaseRecord, CaseRecords } from '../case/case-records.ts';
import type { Catalogue } from '../catalogue/load-catalogue.ts';
import type { IncomingChanges } from '../down-link/incoming-changes.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { PlatformClient } from '../sync/platform-client.ts';

export interface ProgressDeps {
  readonly cases: CaseRecords;
  readonly outbox: Outbox;
  readonly platform: Pick<PlatformClient, 'progress'>;
  readonly incoming: Pick<IncomingChanges, 'about' | 'readAt'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly config: Pick<KioskConfig, 'legalClock'>;
  readonly catalogue: Pick<Catalogue, 'items'>;
  /** By the calendar of working days, as legal limits are counted (行政许可法, 第八十二条). */
  readonly addWorkingDays: AddDays;
}

/**
 * Where a case stands, by provisional number, official number or receipt code. This kiosk's own cases are found without
 * the platform, as far as it knows them.
 */
export async function lookUp(
  deps: ProgressDeps,
  entered: string,
  signal?: AbortSignal,
): Promise<Result<ProgressView, 'unknown-number' | 'platform-unreachable'>> {
  const number = normalise(entered);
  if (number === undefined) return refused('unknown-number');
  const own = deps.cases.find(number);
  if (own && own.officialNumber === null)
    return done(withDeadline(deps, own, stillHere(own, deps.outbox.caseState(own.id))));
  const answer = await deps.platform.progress(number, signal);
  switch (answer.kind) {
    case 'done': {
      return done(withDeadline(deps, own, answer.value));
    }
    case 'refused':
      return refused('unknown-number');
    default:
      return own ? done(withDeadline(deps, own, arrived(deps, own))) : refused('platform-unreachable');
  }
}

/** As people type them. A provisional number with a wrong check character is nobody's. */
function normalise(entered: string): string | undefined {
  const provisional = parseProvisionalNumber(entered);
  if (provisional.ok) return provisional.value;
  return provisional.reason === 'mistyped' ? undefined : entered.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase();
}

function stillHere(own: CaseRecord, state: string | undefined): ProgressView {
  return { ...base(own), stage: state === 'needs-staff' ? 'needs-staff' : 'waiting-to-send' };
}

/** The platform has it, and said so much about it until it was last heard. */
function arrived({ incoming, clock }: ProgressDeps, own: CaseRecord): ProgressView {
  const { stage = 'applied', ...news } = newsOf(incoming.about(own.id), clock.now());
  const asOf = incoming.readAt();
  return {
    ...base(own),
    stage,
    ...news,
    ...(own.officialNumber !== null && { officialNumber: own.officialNumber }),
    ...(own.receivedAt !== null && { receivedAt: own.receivedAt }),
    ...(asOf !== undefined && { asOf }),
  };
}

/** Of this kiosk's own cases, whose item it knows; another kiosk may count from the other time. */
function withDeadline(
  { config, catalogue, addWorkingDays }: ProgressDeps,
  own: CaseRecord | undefined,
  view: ProgressView,
): ProgressView {
  const limits = own && catalogue.items.get(own.itemCode)?.guide.limits;
  // 0: decided on the spot.
  if (!limits || limits.legal === 0) return view;
  const { handedInAt, receivedAt } = view;
  const times = { handedInAt, ...(receivedAt !== undefined && { receivedAt }) };
  const deadline = legalDeadline(config.legalClock ?? 'received', times, limits.legal, addWorkingDays);
  return deadline ? { ...view, deadline: { from: deadline.from, lastDay: deadline.lastDay } } : view;
}

function base({ provisionalNumber, itemName, handedInAt, department }: CaseRecord) {
  return { provisionalNumber, itemName, handedInAt, department };
}
