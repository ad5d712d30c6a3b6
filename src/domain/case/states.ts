import { z } from 'zod';
import { done, refused, type Result } from '../result.ts';

/**
 * Where a case (办件) stands. Handing in at a kiosk is 收件, not yet 受理.
 *
 * - `supplement` 补正: the applicant was told, once and in full, what is missing (行政许可法 art. 32).
 * - `special-procedure` 特别程序: a hearing, test, appraisal … goes on (art. 45).
 * - `approved`, `rejected` 决定: a rejection is delivered too, with its reasons (art. 38).
 */
export const caseStates = [
  'handed-in',
  'supplement',
  'not-accepted',
  'accepted',
  'review',
  'special-procedure',
  'approved',
  'rejected',
  'certificate',
  'delivery',
  'closed',
  'withdrawn',
] as const;
export type CaseState = (typeof caseStates)[number];

/** What moves a case: 补正告知, 补正, 受理, 不予受理, 开始审查, 特别程序 begins and ends, 延长审批, 准予, 不予, 人工复核, 制证, 送达, 办结, 撤回. */
export const caseEvents = [
  'ask-supplement',
  'supply',
  'accept',
  'refuse-acceptance',
  'start-review',
  'start-special-procedure',
  'end-special-procedure',
  'extend',
  'approve',
  'reject',
  'ask-review',
  'make-certificate',
  'deliver',
  'close',
  'withdraw',
] as const;
export const caseEvent = z.enum(caseEvents);
export type CaseEvent = z.infer<typeof caseEvent>;

export type CaseActor = 'applicant' | 'department';

type Moves = Readonly<Partial<Record<CaseEvent, CaseState>>>;

/**
 * Every legal move. 申请、受理、审查、决定、送达 in this order, with their side roads: an application may be
 * withdrawn until it is decided; what was not supplied may end in 不予受理; only an approval leads to a certificate. A decision
 * is looked at again by a person when the applicant asks for it (个人信息保护法 art. 24: a decision by machine alone may be
 * refused); whether a machine made it, and whether it was asked before, is known to the caller.
 */
const table: Readonly<Record<CaseState, Moves>> = {
  'handed-in': {
    'ask-supplement': 'supplement',
    accept: 'accepted',
    'refuse-acceptance': 'not-accepted',
    withdraw: 'withdrawn',
  },
  supplement: { supply: 'handed-in', 'refuse-acceptance': 'not-accepted', withdraw: 'withdrawn' },
  accepted: { 'start-review': 'review', withdraw: 'withdrawn' },
  review: {
    'start-special-procedure': 'special-procedure',
    extend: 'review',
    approve: 'approved',
    reject: 'rejected',
    withdraw: 'withdrawn',
  },
  'special-procedure': { 'end-special-procedure': 'review', withdraw: 'withdrawn' },
  approved: { 'ask-review': 'review', 'make-certificate': 'certificate', deliver: 'delivery' },
  rejected: { 'ask-review': 'review', deliver: 'delivery' },
  certificate: { deliver: 'delivery' },
  delivery: { 'ask-review': 'review', close: 'closed' },
  'not-accepted': {},
  closed: {},
  withdrawn: {},
};

const byApplicant: ReadonlySet<CaseEvent> = new Set<CaseEvent>(['supply', 'withdraw', 'ask-review']);

/**
 * - `case-is-over`: closed, not accepted or withdrawn; nothing moves it any more.
 * - `not-from-here`: the event has its place elsewhere in the order.
 * - `not-theirs`: an applicant decides nothing, a department withdraws, supplies and appeals nothing.
 */
export type IllegalMove = 'case-is-over' | 'not-from-here' | 'not-theirs';

/** Where an event takes a case, or why it must not. */
export function moveCase(state: CaseState, event: CaseEvent, by: CaseActor): Result<CaseState, IllegalMove> {
  if (isOver(state)) return refused('case-is-over', `${event} in ${state}`);
  const next = table[state][event];
  if (next === undefined) return refused('not-from-here', `${event} in ${state}`);
  if (byApplicant.has(event) !== (by === 'applicant')) return refused('not-theirs', `${event} by ${by}`);
  return done(next);
}

/** Whether nothing moves the case any more. */
export function isOver(state: CaseState): boolean {
  return Object.keys(table[state]).length === 0;
}

/** Who has to act next. */
export function waitsFor(state: CaseState): CaseActor | 'nobody' {
  if (isOver(state)) return 'nobody';
  return state === 'supplement' ? 'applicant' : 'department';
}
