import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextVisit, noVisit, visitSteps, type Visit, type VisitEvent, type VisitStep } from './visit.ts';

const devices = ['id-reader', 'camera', 'ticket-printer', 'rating-pad'] as const;
const plainEvents = [
  'next',
  'back',
  'finish',
  'input',
  'no-input',
  'person-gone',
  'network-gone',
  'session-lost',
] as const;
const events: VisitEvent[] = [
  ...plainEvents.map((kind) => ({ kind })),
  ...devices.map((device) => ({ kind: 'device-failed' as const, device })),
];
const busy = visitSteps.filter((step) => step !== 'idle' && step !== 'end');

const run = (visit: Visit, ...kinds: (typeof plainEvents)[number][]) =>
  kinds.reduce((at, kind) => nextVisit(at, { kind }), visit);

test('a visit goes through its steps in order and comes home', () => {
  const seen: VisitStep[] = [];
  let visit = noVisit;
  do {
    seen.push(visit.step);
    visit = nextVisit(visit, { kind: 'next' });
  } while (visit.step !== 'idle');
  expect(seen).toStrictEqual([...visitSteps]);
});

test.each(busy)('at %s a person who leaves, by button or on foot, ends the visit', (step) => {
  expect(run({ step }, 'finish')).toStrictEqual({ step: 'end' });
  expect(run({ step }, 'person-gone')).toStrictEqual({ step: 'end' });
});

test.each(busy.filter((step) => step !== 'rating'))(
  'at %s silence asks once, a touch answers, a second silence ends',
  (step) => {
    expect(run({ step }, 'no-input')).toStrictEqual({ step, notice: 'still-there' });
    expect(run({ step }, 'no-input', 'input')).toStrictEqual({ step });
    expect(run({ step }, 'no-input', 'no-input')).toStrictEqual({ step: 'end' });
  },
);

test('nobody is held back by the rating', () => {
  expect(run({ step: 'rating' }, 'no-input')).toStrictEqual({ step: 'end' });
});

test.each<[VisitStep, (typeof devices)[number]]>([
  ['card', 'id-reader'],
  ['apply', 'camera'],
  ['handed-in', 'ticket-printer'],
])('at %s only the failure of the %s is told, and the step stays', (step, needed) => {
  for (const device of devices) {
    const expected = device === needed ? { step, notice: 'device-failed' } : { step };
    expect(nextVisit({ step }, { kind: 'device-failed', device })).toStrictEqual(expected);
  }
});

test('a failed rating pad is not missed: the page takes the rating', () => {
  expect(nextVisit({ step: 'rating' }, { kind: 'device-failed', device: 'rating-pad' })).toStrictEqual({
    step: 'rating',
  });
});

test('without the network the visit goes on, and says that it is sent later where that matters', () => {
  for (const step of visitSteps) {
    const told = step === 'apply' || step === 'handed-in';
    expect(run({ step }, 'network-gone')).toStrictEqual(told ? { step, notice: 'sent-later' } : { step });
  }
});

test.each(busy)('a session lost at %s leads home and says so until the next touch', (step) => {
  expect(run({ step }, 'session-lost')).toStrictEqual({ step: 'idle', notice: 'interrupted' });
  expect(run({ step }, 'session-lost', 'no-input')).toStrictEqual({ step: 'idle', notice: 'interrupted' });
  expect(run({ step }, 'session-lost', 'input')).toStrictEqual(noVisit);
});

test('back leads to the page before while nothing is handed in, and nowhere after', () => {
  expect(run({ step: 'apply' }, 'back')).toStrictEqual({ step: 'items' });
  expect(run({ step: 'card' }, 'back')).toStrictEqual({ step: 'consent' });
  expect(run({ step: 'items' }, 'back')).toStrictEqual({ step: 'end' });
  for (const step of ['handed-in', 'rating', 'end'] as const) expect(run({ step }, 'back')).toStrictEqual({ step });
});

test('whatever happens, the way home stays open: silence alone leads there', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...events), { maxLength: 30 }), (history) => {
      const reached = history.reduce(nextVisit, noVisit);
      expect(visitSteps).toContain(reached.step);
      expect(run(reached, 'no-input', 'no-input', 'no-input').step).toBe('idle');
    }),
  );
});

test('nothing gets a person past a step but the step itself', () => {
  fc.assert(
    fc.property(fc.constantFrom(...busy), fc.constantFrom(...events), (step, event) => {
      fc.pre(event.kind !== 'next');
      const { step: reached } = nextVisit({ step }, event);
      const forward = visitSteps.indexOf(reached) > visitSteps.indexOf(step);
      expect(forward && reached !== 'end').toBe(false);
    }),
  );
});
