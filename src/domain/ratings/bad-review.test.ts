import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import table2026 from '../../../resources/calendar/2026.json' with { type: 'json' };
import { addDays } from '../calendar/day.ts';
import { readHolidayTable } from '../calendar/holiday-table.ts';
import { countWorkingDays, isWorkingDay, makeCalendar } from '../calendar/working-days.ts';
import {
  isOverdue,
  mayTake,
  openBadReview,
  rectificationDays,
  takeStep,
  type BadReview,
  type ReviewStep,
} from './bad-review.ts';

function must<T>(result: { ok: true; value: T } | { ok: false; reason: string }): T {
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}

const calendar = makeCalendar([must(readHolidayTable(table2026))]);
const open = (openedOn = '2026-09-14', anonymous = false) =>
  openBadReview(openedOn, anonymous, calendar, rectificationDays);
const walk = (review: BadReview, ...steps: readonly ReviewStep[]) =>
  steps.reduce((at, step) => must(takeStep(at, step, at.openedOn)), review);

const valid: ReviewStep = { kind: 'found-valid' };
const appeal: ReviewStep = { kind: 'appealed', evidence: ['窗口录像：当日没有这笔业务'] };
const rectified: ReviewStep = { kind: 'rectified', measure: '窗口人员重新培训，材料清单已更正' };
const close: ReviewStep = { kind: 'closed', result: '已整改并答复' };
const decided = (excluded: boolean): ReviewStep => ({ kind: 'appeal-decided', excluded, why: '核对了录像和办件记录' });
const calledBack = (answer: 'put-right' | 'not-put-right' | 'not-reached'): ReviewStep => ({
  kind: 'called-back',
  answer,
});

describe('a bad review', () => {
  test('that is right is put right, called back and closed with a result', () => {
    const review = walk(open(), valid, rectified, calledBack('put-right'), close);
    expect(review).toMatchObject({ state: 'closed', excluded: false });
    expect(review.steps.map(({ step }) => step)).toStrictEqual([valid, rectified, calledBack('put-right'), close]);
  });

  test('that is mistaken is appealed against with evidence, left out of the figures, and closed', () => {
    expect(walk(open(), appeal, decided(true), close)).toMatchObject({ state: 'closed', excluded: true });
  });

  test('whose appeal fails is put right like any other', () => {
    const review = walk(open(), appeal, decided(false));
    expect(review).toMatchObject({ state: 'to-rectify', excluded: false });
    expect(walk(review, rectified, calledBack('not-reached'), close).state).toBe('closed');
  });

  test('goes back to be put right when the person says that it is not', () => {
    expect(walk(open(), valid, rectified, calledBack('not-put-right')).state).toBe('to-rectify');
  });

  test('that is anonymous has nobody to call back', () => {
    expect(walk(open('2026-09-14', true), valid, rectified, close).state).toBe('closed');
    expect(takeStep(walk(open(), valid, rectified), close, '2026-09-14')).toMatchObject({ reason: 'not-now' });
  });

  test.each<[string, ReviewStep[], ReviewStep]>([
    ['an appeal without evidence', [], { kind: 'appealed', evidence: [' '] }],
    ['an appeal decided without a reason', [appeal], { kind: 'appeal-decided', excluded: true, why: '' }],
    ['putting right without a measure', [valid], { kind: 'rectified', measure: ' ' }],
    ['closing without a result', [appeal, decided(true)], { kind: 'closed', result: '' }],
  ])('refuses %s', (_, before, step) => {
    expect(takeStep(walk(open(), ...before), step, '2026-09-14')).toStrictEqual({ ok: false, reason: 'words-needed' });
  });

  test('takes no step before the last one', () => {
    expect(takeStep(open(), valid, '2026-09-13')).toStrictEqual({ ok: false, reason: 'before-the-last-step' });
    const review = must(takeStep(open(), valid, '2026-09-16'));
    expect(takeStep(review, rectified, '2026-09-15')).toMatchObject({ reason: 'before-the-last-step' });
  });

  test('is due on working day 15 and overdue on day 16, around the holidays of the year', () => {
    const review = open();
    // 14 September: 15 working days with the make-up days 20 September and 10 October, without the Mid-Autumn and National Day holidays.
    expect([review.dueOn, review.dueIsAssumed]).toStrictEqual(['2026-10-10', false]);
    expect(isOverdue(review, '2026-10-10')).toBe(false);
    expect(isOverdue(review, '2026-10-11')).toBe(true);
    const day16 = '2026-10-12';
    expect(countWorkingDays(calendar, review.openedOn, day16).count).toBe(16);
    for (const waiting of [review, walk(review, valid), walk(review, appeal), walk(review, appeal, decided(false))]) {
      expect(isOverdue(waiting, day16)).toBe(true);
    }
    for (const inTime of [walk(review, valid, rectified), walk(review, appeal, decided(true))]) {
      expect(isOverdue(inTime, day16)).toBe(false);
    }
    expect(isOverdue(walk(review, valid, rectified, calledBack('not-put-right')), day16)).toBe(true);
  });

  test('the limit is a setting, and a year without published holidays is said to be assumed', () => {
    expect(openBadReview('2026-09-14', false, calendar, 5).dueOn).toBe('2026-09-20');
    expect(open('2026-12-20').dueIsAssumed).toBe(true);
  });

  test('is overdue exactly from the sixteenth working day on, whenever it was opened', () => {
    const day = fc.integer({ min: 0, max: 330 }).map((count) => addDays('2026-01-01', count));
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 40 }), (openedOn, later) => {
        const today = addDays(openedOn, later);
        fc.pre(isWorkingDay(calendar, today));
        expect(isOverdue(open(openedOn), today)).toBe(countWorkingDays(calendar, openedOn, today).count > 15);
      }),
    );
  });

  test('an appeal is decided by another office than the one that made it', () => {
    expect(mayTake(decided(true), 'hall', 'hall')).toBe(false);
    expect(mayTake(decided(true), 'centre', 'hall')).toBe(true);
    expect(mayTake(rectified, 'hall', 'hall')).toBe(true);
  });

  test('whatever is tried, none is closed without a result, nor without a measure or an upheld appeal, nor uncalled', () => {
    const steps: fc.Arbitrary<ReviewStep> = fc.constantFrom(
      valid,
      appeal,
      rectified,
      close,
      decided(true),
      decided(false),
      calledBack('put-right'),
      calledBack('not-put-right'),
      calledBack('not-reached'),
    );
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 14 }), fc.boolean(), (tried, anonymous) => {
        let review = open('2026-09-14', anonymous);
        for (const step of tried) {
          const next = takeStep(review, step, '2026-09-14');
          if (next.ok) review = next.value;
        }
        const kinds = review.steps.map(({ step }) => step.kind);
        if (review.state !== 'closed') return;
        expect(kinds.at(-1)).toBe('closed');
        expect(kinds.filter((kind) => kind === 'closed')).toHaveLength(1);
        expect(review.excluded ? kinds.includes('appealed') : kinds.includes('rectified')).toBe(true);
        expect(kinds.includes('called-back')).toBe(!anonymous && !review.excluded);
      }),
      { numRuns: 2_000 },
    );
  });
});
