import { expect, test } from 'vitest';
import { office } from '../../../test/fixtures/calendar.ts';
import { addStep, openTrail, type CaseStep, type CaseTrail } from '../case/trail.ts';
import { caseDeadline } from './case-deadline.ts';
import { warningColour } from './warning.ts';

/** The Sunday 20 September is worked; 25 to 27 September and 1 to 7 October are days off. */
const at = (day: string, time = '10:00'): string => `${day}T${time}:00+08:00`;

function after(...steps: readonly [CaseStep['event'], string][]): CaseTrail {
  return steps.reduce(
    (trail, [event, day]) => {
      const by = ['supply', 'withdraw', 'ask-review'].includes(event)
        ? ('applicant' as const)
        : ('department' as const);
      const step: CaseStep = {
        event,
        at: at(day),
        by,
        ...(event === 'start-special-procedure' && { procedure: 'hearing' as const }),
        ...(event === 'extend' && { extendedBy: 10 }),
      };
      const next = addStep(trail, step);
      if (!next.ok) throw new Error(next.reason);
      return next.value;
    },
    openTrail(at('2026-09-01'), at('2026-09-02')),
  );
}

test.each<[string, [CaseStep['event'], string][], object | undefined]>([
  ['five days for the notice', [], { state: 'due', day: '2026-09-09' }],
  ['stopped for the supplement', [['ask-supplement', '2026-09-03']], { state: 'stopped', since: '2026-09-03' }],
  [
    'five days anew after it',
    [
      ['ask-supplement', '2026-09-03'],
      ['supply', '2026-09-14'],
    ],
    { state: 'due', day: '2026-09-20' },
  ],
  ['what is promised, from acceptance', [['accept', '2026-09-09']], { state: 'due', day: '2026-09-18' }],
  [
    'the same in review',
    [
      ['accept', '2026-09-09'],
      ['start-review', '2026-09-10'],
    ],
    { state: 'due', day: '2026-09-18' },
  ],
  [
    'longer when it was extended',
    [
      ['accept', '2026-09-09'],
      ['start-review', '2026-09-10'],
      ['extend', '2026-09-11'],
    ],
    { state: 'due', day: '2026-10-09' },
  ],
  [
    'stopped in a hearing',
    [
      ['accept', '2026-09-09'],
      ['start-review', '2026-09-10'],
      ['start-special-procedure', '2026-09-11'],
    ],
    { state: 'stopped', since: '2026-09-11', left: 5 },
  ],
  [
    'ten days to deliver',
    [
      ['accept', '2026-09-09'],
      ['start-review', '2026-09-09'],
      ['reject', '2026-09-09'],
    ],
    { state: 'due', day: '2026-09-22' },
  ],
  [
    'the same for an approval',
    [
      ['accept', '2026-09-09'],
      ['start-review', '2026-09-09'],
      ['approve', '2026-09-09'],
    ],
    { state: 'due', day: '2026-09-22' },
  ],
  [
    'the same with a certificate that is made first',
    [
      ['accept', '2026-09-09'],
      ['start-review', '2026-09-09'],
      ['approve', '2026-09-09'],
      ['make-certificate', '2026-09-16'],
    ],
    { state: 'due', day: '2026-09-22' },
  ],
  [
    'what is promised anew for a review that was asked for',
    [
      ['accept', '2026-09-02'],
      ['start-review', '2026-09-02'],
      ['reject', '2026-09-02'],
      ['ask-review', '2026-09-09'],
    ],
    { state: 'due', day: '2026-09-18' },
  ],
  [
    'nothing once it is delivered',
    [
      ['accept', '2026-09-02'],
      ['start-review', '2026-09-02'],
      ['approve', '2026-09-02'],
      ['deliver', '2026-09-02'],
    ],
    undefined,
  ],
])('%s', (_case, steps, expected) => {
  const deadline = caseDeadline(office, after(...steps), 7);
  if (expected === undefined) expect(deadline).toBeUndefined();
  else expect(deadline).toMatchObject(expected);
});

test('counts from the hand-in where nothing was received yet', () => {
  expect(caseDeadline(office, openTrail(at('2026-09-01')), 7)).toMatchObject({ day: '2026-09-08' });
});

test('[H-12] each step of a case turns yellow before its own limit and red after it', () => {
  const accepted = after(['accept', '2026-09-09']);
  const steps = [
    [accepted, '2026-09-16', '2026-09-17', '2026-09-18', '2026-09-21'],
    [after(), '2026-09-07', '2026-09-08', '2026-09-09', '2026-09-10'],
  ] as const;
  for (const [trail, ...days] of steps) {
    const deadline = caseDeadline(office, trail, 7);
    const colours = days.map((day) => deadline && warningColour(office, deadline, at(day)));
    expect(colours).toStrictEqual(['none', 'yellow', 'yellow', 'red']);
  }
});
