import type { CaseEvent } from '../case/states.ts';
import { caseLimit, casePauses, type CaseTrail } from '../case/trail.ts';
import { deadlineOf, type Deadline, type OfficeTime } from './deadline.ts';

/** 当场或者五日内一次告知 (行政许可法 art. 32 (1) 4); in working days (art. 82). */
const noticeDays = 5;
/** 自作出决定之日起十日内颁发、送达 (行政许可法 art. 44); in working days. */
const deliveryDays = 10;

/**
 * By when the office behind a case has to do what comes next: accept or give its notice, decide within what the item
 * promises, deliver. A supplement begins the first of these anew, a review on request the second. While the applicant or a
 * special procedure is waited for it is stopped; once delivered, or over, there is none.
 *
 * @param promised working days of 承诺时限, counted from acceptance (art. 42); 0 on the spot
 */
export function caseDeadline(office: OfficeTime, trail: CaseTrail, promised: number): Deadline | undefined {
  const within = (amount: number, start: string): Deadline =>
    deadlineOf(office, { amount, unit: 'working-days' }, start, casePauses(trail, []));
  switch (trail.state) {
    case 'handed-in':
    case 'supplement':
      return within(noticeDays, since(trail, ['supply']));
    case 'accepted':
    case 'review':
    case 'special-procedure': {
      const { amount } = caseLimit(trail, { amount: promised, unit: 'working-days' });
      return within(amount, since(trail, ['accept', 'ask-review']));
    }
    case 'approved':
    case 'rejected':
    case 'certificate':
      return within(deliveryDays, since(trail, ['approve', 'reject']));
    default:
      return undefined;
  }
}

/** When one of these happened last; before that, when the case arrived. */
function since({ steps, receivedAt, handedInAt }: CaseTrail, events: readonly CaseEvent[]): string {
  return steps.findLast(({ event }) => events.includes(event))?.at ?? receivedAt ?? handedInAt;
}
