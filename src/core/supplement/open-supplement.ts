import { createHash } from 'node:crypto';
import type { ProgressView } from '../../contract/visit-view.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { planSupplement, type SupplementPlan } from '../../domain/notice/supplement.ts';
import { done, refused, type Result } from '../../domain/result.ts';
import type { CaseRecord, CaseRecords } from '../case/case-records.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { lookUp, type ProgressDeps } from '../progress/progress.ts';
import type { Seal } from '../store/seal.ts';
import { readRecord } from '../sync/outgoing.ts';
import type { SupplementRecords } from './supplement-records.ts';
import type { HandedInSupplement } from './hand-in-supplement.ts';

type Notice = NonNullable<ProgressView['supplement']>;

/** A notice that somebody answers: what it asks for, and about which case. */
export interface OpenSupplement {
  readonly case: Pick<ProgressView, 'provisionalNumber' | 'itemName' | 'department'>;
  /** Of a case that began at this kiosk. */
  readonly own: CaseRecord | undefined;
  readonly notice: Notice;
  /** Tells this notice about the case from the next. */
  readonly noticeKey: string;
  readonly plan: SupplementPlan;
  /** Once it is on the disk. */
  readonly handedIn?: HandedInSupplement;
}

export interface OpenSupplementDeps extends ProgressDeps {
  readonly cases: CaseRecords;
  readonly outbox: Outbox;
  readonly seal: Seal;
  readonly supplements: Pick<SupplementRecords, 'answeredAt'>;
}

type Refusal =
  | 'unknown-number'
  | 'platform-unreachable'
  | 'nothing-asked'
  | 'not-the-applicant'
  | 'already-handed-in'
  | 'unknown-item';

/**
 * The notice about a case that waits for its applicant. Such a case and its pages are with the platform, or there would be no
 * notice, so that nothing of the case can still be sent after its supplement. Who the applicant is this kiosk knows as long
 * as it keeps what was handed in; after that the platform alone does, which takes a supplement from nobody else.
 *
 * `already-handed-in` has the time in its detail.
 */
export async function openSupplement(
  deps: OpenSupplementDeps,
  { number, idNumber }: { readonly number: string; readonly idNumber: string },
  signal?: AbortSignal,
): Promise<Result<OpenSupplement, Refusal>> {
  const { cases, supplements, catalogue } = deps;
  const found = await lookUp(deps, number, signal);
  if (!found.ok) return found;
  const { provisionalNumber, itemName, department, supplement: notice, itemCode } = found.value;
  const own = cases.find(provisionalNumber);
  if (own && isSomebodyElses(deps, own, idNumber)) return refused('not-the-applicant');
  if (!notice) return refused('nothing-asked');
  const noticeKey = keyOf(notice);
  const answered = supplements.answeredAt(provisionalNumber, noticeKey);
  if (answered !== undefined) return refused('already-handed-in', answered);
  const item = catalogue.items.get(own?.itemCode ?? itemCode ?? '');
  if (!item) return refused('unknown-item');
  const plan = planSupplement(item, notice.defects);
  return done({ case: { provisionalNumber, itemName, department }, own, notice, noticeKey, plan });
}

function isSomebodyElses({ outbox, seal }: OpenSupplementDeps, { id }: CaseRecord, idNumber: string): boolean {
  const record = readRecord({ id, step: 'case', payload: outbox.contentOf(id) ?? null }, seal);
  return record.ok && record.value.step === 'case' && record.value.content.applicant.idNumber !== idNumber;
}

/** The moment it was given, the same in whichever zone it is written. A platform that does not say it is taken by its words. */
function keyOf({ givenAt, ...words }: Notice): string {
  if (givenAt !== undefined) return new Date(givenAt).toISOString();
  return createHash('sha256').update(canonicalJson(words)).digest('hex');
}
