import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compositeOutcome, compositeState, outcomeOf, partOutcomes } from './composite-state.ts';
import { caseEvents, caseStates, isOver, moveCase, type CaseState } from './states.ts';

const state = fc.constantFrom(...caseStates);
const parts = fc.array(state, { minLength: 1, maxLength: 6 });
/** How far a state is, by the order of 申请、受理、审查、决定、送达; written down apart from the rule. */
const rank: Readonly<Record<CaseState, number>> = {
  supplement: 0,
  'handed-in': 1,
  accepted: 2,
  review: 3,
  'special-procedure': 4,
  approved: 5,
  rejected: 6,
  certificate: 7,
  delivery: 8,
  closed: 9,
  'not-accepted': 9,
  withdrawn: 9,
};

test('a whole is as far as its least part, in any order of the parts', () => {
  fc.assert(
    fc.property(
      parts.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
      ([list, shuffled]) => {
        const whole = compositeState(list);
        expect(compositeState(shuffled)).toBe(whole);
        expect(isOver(whole)).toBe(list.every(isOver));
        expect(rank[whole]).toBe(Math.min(...list.map((one) => rank[one])));
        if (!isOver(whole)) expect(list).toContain(whole);
      },
    ),
    { numRuns: 1_000 },
  );
});

test('a part that fails ends nothing but itself', () => {
  fc.assert(
    fc.property(parts, fc.constantFrom<CaseState>('not-accepted', 'withdrawn'), (list, failed) => {
      fc.pre(!list.every(isOver));
      expect(compositeState([...list, failed])).toBe(compositeState(list));
    }),
  );
});

test('a move of a part never takes the whole further than another part is, and only a look again or a notice takes it back', () => {
  fc.assert(
    fc.property(parts, fc.nat(), fc.constantFrom(...caseEvents), fc.boolean(), (list, pick, event, byApplicant) => {
      const index = pick % list.length;
      const moved = moveCase(list[index] ?? 'handed-in', event, byApplicant ? 'applicant' : 'department');
      fc.pre(moved.ok);
      const after = moved.ok ? list.with(index, moved.value) : list;
      const others = list.toSpliced(index, 1).filter((one) => !isOver(one));
      const [before, now] = [rank[compositeState(list)], rank[compositeState(after)]];
      for (const other of others) expect(now).toBeLessThanOrEqual(rank[other]);
      const goesBack = ['ask-review', 'ask-supplement', 'end-special-procedure'].includes(event);
      if (!goesBack) expect(now).toBeGreaterThanOrEqual(before);
    }),
    { numRuns: 1_000 },
  );
});

test.each<[CaseState[], CaseState]>([
  [['closed', 'supplement', 'not-accepted'], 'supplement'],
  [['closed', 'not-accepted', 'withdrawn'], 'closed'],
  [['not-accepted', 'withdrawn'], 'not-accepted'],
  [['withdrawn', 'withdrawn'], 'withdrawn'],
  [['closed', 'handed-in', 'delivery'], 'handed-in'],
  [['review', 'special-procedure'], 'review'],
])('%j is %s', (list, whole) => {
  expect(compositeState(list)).toBe(whole);
});

test('without parts there is no whole', () => {
  expect(() => compositeState([])).toThrow('has parts');
});

test('an outcome is that of the last decision, and none while it is looked at again', () => {
  expect(outcomeOf(['handed-in', 'accepted', 'review'])).toBeUndefined();
  expect(outcomeOf(['handed-in'])).toBeUndefined();
  expect(outcomeOf(['review', 'approved', 'certificate', 'delivery', 'closed'])).toBe('granted');
  expect(outcomeOf(['review', 'rejected', 'delivery', 'review'])).toBeUndefined();
  expect(outcomeOf(['review', 'rejected', 'review', 'approved'])).toBe('granted');
  expect(outcomeOf(['handed-in', 'not-accepted'])).toBe('refused');
  expect(outcomeOf(['review', 'withdrawn'])).toBe('withdrawn');
});

test('the outcome of a whole is what all parts agree on, and waits for the last of them', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...partOutcomes, undefined), { minLength: 1, maxLength: 5 }), (list) => {
      const whole = compositeOutcome(list);
      expect(compositeOutcome(list.toReversed())).toBe(whole);
      expect(whole === undefined).toBe(list.includes(undefined));
      if (whole === 'granted' || whole === 'withdrawn') expect(new Set(list)).toEqual(new Set([whole]));
      if (whole === 'partly-granted') expect(list.includes('granted') && new Set(list).size > 1).toBe(true);
      if (whole === 'refused') expect(list.includes('granted')).toBe(false);
    }),
  );
});
