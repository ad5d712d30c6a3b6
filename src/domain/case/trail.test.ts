import { describe, expect, test } from 'vitest';
import { office } from '../../../test/fixtures/calendar.ts';
import { clockStartsAt } from '../limits/case-clock.ts';
import { deadlineOf, type Deadline } from '../limits/deadline.ts';
import { nationalSteps } from './national-steps.ts';
import { stageLists, stagesOf } from './stages.ts';
import { caseEvents } from './states.ts';
import {
  addStep,
  caseLimit,
  casePauses,
  caseStep,
  caseTimes,
  openTrail,
  type CaseStep,
  type CaseTrail,
} from './trail.ts';

const at = (day: string, time = '10:00'): string => `${day}T${time}:00+08:00`;
const handedIn = openTrail(at('2026-11-02'), at('2026-11-03'));

/** A step by whoever may do it, at ten o’clock of a day. */
function step(event: CaseStep['event'], day: string, procedure?: CaseStep['procedure']): CaseStep {
  const by = ['supply', 'withdraw', 'ask-review'].includes(event) ? 'applicant' : 'department';
  return { event, at: at(day), by, ...(procedure && { procedure }), ...(event === 'extend' && { extendedBy: 10 }) };
}

function follow(trail: CaseTrail, ...steps: readonly CaseStep[]): CaseTrail {
  return steps.reduce((before, next) => {
    const after = addStep(before, next);
    if (!after.ok) throw new Error(`${after.reason} ${after.detail}`);
    return after.value;
  }, trail);
}

const reviewed = follow(handedIn, step('accept', '2026-11-04'), step('start-review', '2026-11-04'));

describe('a step that cannot have happened', () => {
  test.each([
    ['before-the-last-step', reviewed, step('approve', '2026-11-03')],
    ['before-the-last-step', handedIn, step('accept', '2026-11-01')],
    ['extended-before', follow(reviewed, step('extend', '2026-11-05')), step('extend', '2026-11-06')],
    ['which-procedure', reviewed, step('start-special-procedure', '2026-11-05')],
    ['which-procedure', reviewed, step('approve', '2026-11-05', 'hearing')],
    ['by-how-much', reviewed, { ...step('extend', '2026-11-05'), extendedBy: undefined }],
    ['by-how-much', reviewed, { ...step('approve', '2026-11-05'), extendedBy: 10 }],
    ['not-from-here', handedIn, step('approve', '2026-11-05')],
    ['not-theirs', handedIn, { ...step('accept', '2026-11-05'), by: 'applicant' } as const],
  ])('%s', (reason, trail, next) => {
    expect(addStep(trail, next)).toMatchObject({ ok: false, reason });
  });

  test('two at the same time may have', () => {
    expect(addStep(reviewed, step('approve', '2026-11-04'))).toMatchObject({ ok: true });
  });
});

test('a step in an exchange names a known event, an offset, and no extension as a procedure', () => {
  expect(caseStep.safeParse(step('start-special-procedure', '2026-11-05', 'hearing')).success).toBe(true);
  expect(caseStep.safeParse({ ...step('accept', '2026-11-05'), at: '2026-11-05T10:00:00' }).success).toBe(false);
  expect(caseStep.safeParse({ ...step('accept', '2026-11-05'), event: 'forget' }).success).toBe(false);
  expect(caseStep.safeParse({ ...step('accept', '2026-11-05'), procedure: 'extension' }).success).toBe(false);
});

describe('the deadline of a case', () => {
  const deadline = (trail: CaseTrail, from: 'handed-in' | 'accepted'): Deadline => {
    const start = clockStartsAt(caseTimes(trail), from);
    if (!start.ok) throw new Error(start.reason);
    const limit = caseLimit(trail, { amount: 5, unit: 'working-days' });
    return deadlineOf(office, limit, start.value, casePauses(trail, ['announcement']));
  };

  test('counts from acceptance, and stands still during a hearing', () => {
    expect(deadline(reviewed, 'accepted')).toMatchObject({ day: '2026-11-11' });
    const heard = follow(reviewed, step('start-special-procedure', '2026-11-06', 'hearing'));
    expect(deadline(heard, 'accepted')).toStrictEqual({ state: 'stopped', since: '2026-11-06', left: 3 });
    const resumed = follow(heard, step('end-special-procedure', '2026-11-16'));
    expect(deadline(resumed, 'accepted')).toMatchObject({ day: '2026-11-19' });
  });

  test('a procedure that the guide names stops the clock, another does not', () => {
    for (const [procedure, day] of [
      ['announcement', '2026-11-13'],
      ['site-visit', '2026-11-11'],
    ] as const) {
      const trail = follow(
        reviewed,
        step('start-special-procedure', '2026-11-05', procedure),
        step('end-special-procedure', '2026-11-09'),
      );
      expect(deadline(trail, 'accepted')).toMatchObject({ day });
    }
  });

  test('an extension adds to the limit', () => {
    expect(deadline(follow(reviewed, step('extend', '2026-11-10')), 'accepted')).toMatchObject({ day: '2026-11-25' });
  });

  test('where it counts from the hand-in, the wait for a supplement is not counted', () => {
    const supplied = follow(
      handedIn,
      step('ask-supplement', '2026-11-04'),
      step('supply', '2026-11-10'),
      step('accept', '2026-11-10'),
    );
    expect(deadline(supplied, 'handed-in')).toMatchObject({ day: '2026-11-13' });
    expect(deadline(supplied, 'accepted')).toMatchObject({ day: '2026-11-17' });
  });

  test('a withdrawal ends the pause it falls into', () => {
    const asked = follow(handedIn, step('ask-supplement', '2026-11-04'));
    expect(casePauses(asked, [])).toStrictEqual([{ from: at('2026-11-04'), until: undefined }]);
    expect(casePauses(follow(asked, step('withdraw', '2026-11-06')), [])).toStrictEqual([
      { from: at('2026-11-04'), until: at('2026-11-06') },
    ]);
  });
});

describe('stages', () => {
  const statuses = (list: keyof typeof stageLists, trail: CaseTrail): string =>
    stagesOf(list, trail.path)
      .map(({ stage, status }) => `${stage} ${status}`)
      .join(', ');
  const approved = follow(reviewed, step('approve', '2026-11-09'));
  const closing = [step('deliver', '2026-11-10'), step('close', '2026-11-11')];

  test.each([
    ['handed in', handedIn, 'apply current, accept ahead, review ahead, decide ahead, deliver ahead'],
    [
      'supplement',
      follow(handedIn, step('ask-supplement', '2026-11-04')),
      'apply current, accept ahead, review ahead, decide ahead, deliver ahead',
    ],
    [
      'not accepted',
      follow(handedIn, step('refuse-acceptance', '2026-11-04')),
      'apply done, accept stopped, review ahead, decide ahead, deliver ahead',
    ],
    ['review', reviewed, 'apply done, accept done, review current, decide ahead, deliver ahead'],
    [
      'withdrawn',
      follow(reviewed, step('withdraw', '2026-11-09')),
      'apply done, accept done, review stopped, decide ahead, deliver ahead',
    ],
    ['approved', approved, 'apply done, accept done, review done, decide current, deliver ahead'],
    ['closed', follow(approved, ...closing), 'apply done, accept done, review done, decide done, deliver done'],
  ])('%s', (_case, trail, expected) => expect(statuses('full', trail)).toBe(expected));

  test('the short list has 办理 for review and decision', () => {
    expect(statuses('short', approved)).toBe('apply done, accept done, handle current, feedback ahead');
  });

  test('the list with 制证 shows it, except to those who get no certificate', () => {
    const made = follow(approved, step('make-certificate', '2026-11-10'));
    expect(statuses('certificate', made)).toMatch(/decide done, certificate current$/);
    const rejected = follow(reviewed, step('reject', '2026-11-09'), ...closing);
    expect(statuses('certificate', rejected)).toMatch(/decide done, deliver done$/);
  });

  test('a case without a path is at its beginning', () => {
    // A rejection that a person looks at again may still lead to a certificate.
    const again = follow(reviewed, step('reject', '2026-11-09'), step('ask-review', '2026-11-10'));
    expect(statuses('certificate', again)).toBe(
      'apply done, accept done, review current, decide ahead, certificate ahead',
    );
    expect(stagesOf('short', [])[0]).toStrictEqual({ stage: 'apply', status: 'current' });
  });
});

test('every event has its name in GB/T 39046', () => {
  expect(Object.keys(nationalSteps).toSorted()).toStrictEqual([...caseEvents].toSorted());
  expect(nationalSteps.approve).toStrictEqual({ name: '决定', action: '通过' });
});
