import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { office } from '../../../test/fixtures/calendar.ts';
import { addDays, hallDay } from '../calendar/day.ts';
import { addWorkingDays, isWorkingDay } from '../calendar/working-days.ts';
import { clockStartsAt, mergePauses, type Pause } from './case-clock.ts';
import { deadlineOf, extendLimit, lastDayOf, timeLimit, type TimeLimit } from './deadline.ts';
import { specialProcedureCode, specialProcedures, stopsClock } from './special-procedures.ts';

const workingDays = (amount: number): TimeLimit => ({ amount, unit: 'working-days' });
const calendarDays = (amount: number): TimeLimit => ({ amount, unit: 'calendar-days' });
const hours = (amount: number): TimeLimit => ({ amount, unit: 'hours' });
const at = (day: string, time = '10:00'): string => `${day}T${time}:00+08:00`;
const due = (day: string, time?: string) => ({ state: 'due', day, ...(time && { time }), assumedYears: [] });

describe('without a pause', () => {
  test.each([
    ['working days', workingDays(5), at('2026-11-20'), due('2026-11-27')],
    ['on the spot', workingDays(0), at('2026-11-20'), due('2026-11-20')],
    ['on the spot, taken on a Sunday', workingDays(0), at('2026-11-22'), due('2026-11-23')],
    ['calendar days, over a weekend', calendarDays(5), at('2026-11-20'), due('2026-11-25')],
    ['calendar days that end on a Sunday', calendarDays(2), at('2026-11-20'), due('2026-11-23')],
    ['calendar days that end in National Day', calendarDays(10), at('2026-09-23'), due('2026-10-08')],
    ['calendar days that end on a make-up Saturday', calendarDays(10), at('2026-09-30'), due('2026-10-10')],
    ['hours', hours(2), at('2026-11-20', '16:00'), due('2026-11-23', '10:00')],
  ])('%s', (_case, limit, start, deadline) => {
    expect(deadlineOf(office, limit, start)).toStrictEqual(deadline);
  });

  test('the hall’s day counts, wherever the clock ran', () => {
    expect(deadlineOf(office, workingDays(1), '2026-11-23T17:00:00Z')).toStrictEqual(due('2026-11-25'));
  });

  test('a deadline in a year without a table says so', () => {
    expect(deadlineOf(office, workingDays(30), at('2026-11-23'))).toMatchObject({ assumedYears: [2027] });
  });
});

describe('special procedures', () => {
  const hearing: Pause = { from: at('2026-11-24'), until: at('2026-12-01') };

  test.each([
    ['moves working days by those of the procedure', workingDays(10), [hearing], due('2026-12-09')],
    ['moves calendar days by its days', calendarDays(10), [hearing], due('2026-12-07')],
    ['moves hours by its office hours', hours(40), [hearing], due('2026-12-02', '16:00')],
    [
      'on one day moves no day',
      workingDays(10),
      [{ from: at('2026-11-24'), until: at('2026-11-24', '16:00') }],
      due('2026-12-02'),
    ],
    [
      'before the limit began moves nothing',
      workingDays(10),
      [{ from: at('2026-11-10'), until: at('2026-11-17') }],
      due('2026-12-02'),
    ],
    [
      'still going on when the limit began moves it',
      workingDays(10),
      [{ from: at('2026-11-10'), until: at('2026-11-19') }],
      due('2026-12-03'),
    ],
    ['after the deadline moves nothing', workingDays(1), [hearing], due('2026-11-19')],
    ['on the last day leaves the day it ends on', workingDays(4), [hearing], due('2026-12-01')],
    [
      'on the last day, ended on a Sunday, leaves the Monday',
      workingDays(4),
      [{ ...hearing, until: at('2026-11-29') }],
      due('2026-11-30'),
    ],
    [
      'on the Monday that a calendar limit moved to',
      calendarDays(4),
      [{ from: at('2026-11-23'), until: at('2026-11-25') }],
      due('2026-11-25'),
    ],
  ])('one that %s', (_case, limit, pauses, deadline) => {
    expect(deadlineOf(office, limit, at('2026-11-18'), pauses)).toStrictEqual(deadline);
  });

  test('one on the Monday that an on-the-spot case of Sunday moved to leaves the day it ends on', () => {
    const pauses = [{ from: at('2026-11-23'), until: at('2026-11-25') }];
    expect(deadlineOf(office, workingDays(0), at('2026-11-22'), pauses)).toStrictEqual(due('2026-11-25'));
  });

  test('a procedure that goes on leaves no deadline, but what remains of the limit', () => {
    const open = [{ from: at('2026-11-24') }];
    expect(deadlineOf(office, workingDays(10), at('2026-11-18'), open)).toStrictEqual({
      state: 'stopped',
      since: '2026-11-24',
      left: 6,
    });
    expect(deadlineOf(office, hours(40), at('2026-11-23'), open)).toMatchObject({ left: 33 * 60 });
  });

  test('by law or by the item they stop the clock, the extension does not', () => {
    expect(stopsClock('hearing', [])).toBe(true);
    expect(stopsClock('announcement', [])).toBe(false);
    expect(stopsClock('announcement', ['announcement'])).toBe(true);
    expect(stopsClock('extension', ['extension'])).toBe(false);
    expect(Object.values(specialProcedures).filter((effect) => effect === 'by-law')).toHaveLength(8);
    expect([specialProcedureCode('extension'), specialProcedureCode('hearing')]).toStrictEqual(['1', '2']);
  });

  test('an extension lengthens the limit: 20 and 10 working days', () => {
    const extended = extendLimit(workingDays(20), 10);
    expect(deadlineOf(office, extended, at('2026-10-12'))).toStrictEqual(due('2026-11-23'));
  });
});

test('pauses side by side count once', () => {
  const [a, b, c, d] = ['2026-11-02', '2026-11-04', '2026-11-06', '2026-11-10'].map((day) => at(day));
  if (!a || !b || !c || !d) throw new Error('four moments');
  expect(
    mergePauses([
      { from: b, until: c },
      { from: a, until: d },
    ]),
  ).toStrictEqual([{ from: a, until: d }]);
  expect(
    mergePauses([
      { from: a, until: b },
      { from: b, until: c },
    ]),
  ).toStrictEqual([{ from: a, until: c }]);
  expect(
    mergePauses([
      { from: a, until: c },
      { from: b, until: d },
    ]),
  ).toStrictEqual([{ from: a, until: d }]);
  expect(mergePauses([{ from: a }, { from: b, until: d }])).toStrictEqual([{ from: a }]);
  expect(
    mergePauses([
      { from: c, until: d },
      { from: a, until: b },
    ]),
  ).toStrictEqual([
    { from: a, until: b },
    { from: c, until: d },
  ]);
});

test('the clock starts at the moment that the place has chosen, and waits for it', () => {
  const times = { handedInAt: at('2026-11-20', '18:30'), receivedAt: at('2026-11-23', '08:10') };
  const limit = workingDays(5);
  const started = (['handed-in', 'received', 'accepted'] as const).map((start) => clockStartsAt(times, start));
  expect(started).toStrictEqual([
    { ok: true, value: times.handedInAt },
    { ok: true, value: times.receivedAt },
    { ok: false, reason: 'not-started' },
  ]);
  expect(deadlineOf(office, limit, times.handedInAt)).toStrictEqual(due('2026-11-27'));
  expect(deadlineOf(office, limit, times.receivedAt)).toStrictEqual(due('2026-11-30'));
  expect(clockStartsAt({ ...times, acceptedAt: at('2026-11-24') }, 'accepted')).toMatchObject({ ok: true });
});

test('a limit is a whole number of a known unit', () => {
  expect(timeLimit.safeParse(workingDays(5)).success).toBe(true);
  expect(timeLimit.safeParse(workingDays(-1)).success).toBe(false);
  expect(timeLimit.safeParse({ amount: 1, unit: 'months' }).success).toBe(false);
});

const someDay = fc.nat({ max: 600 }).map((count) => addDays('2025-01-01', count));
const somePauses = fc.array(fc.tuple(fc.integer({ min: -5, max: 60 }), fc.nat({ max: 20 })), { maxLength: 4 }).map(
  (list) =>
    (start: string): Pause[] =>
      list.map(([after, length]) => {
        const from = addDays(start, after);
        return { from: at(from), until: at(addDays(from, length)) };
      }),
);

test('the last day of a limit that nothing stops is its deadline', () => {
  fc.assert(
    fc.property(someDay, fc.nat({ max: 40 }), (start, amount) => {
      for (const unit of ['working-days', 'calendar-days'] as const) {
        const { day, assumedYears } = lastDayOf(office, { amount, unit }, at(start));
        expect(deadlineOf(office, { amount, unit }, at(start))).toStrictEqual({ state: 'due', day, assumedYears });
      }
    }),
  );
});

test('a limit in working days ends where counting the days one by one ends', () => {
  fc.assert(
    fc.property(someDay, fc.integer({ min: 1, max: 40 }), somePauses, (start, amount, pausesFrom) => {
      const pauses = pausesFrom(start);
      expect(deadlineOf(office, workingDays(amount), at(start), pauses)).toMatchObject({
        day: countOneByOne(start, amount, pauses),
      });
    }),
  );
});

/** The rule in other words: a working day counts unless a pause that began before it still goes on or ends on it. */
function countOneByOne(start: string, amount: number, pauses: readonly Pause[]): string {
  const spans = pauses.map(({ from, until = from }) => ({ from: hallDay(from), until: hallDay(until) }));
  let day = start;
  let left = amount;
  while (left > 0) {
    day = addDays(day, 1);
    const paused = spans.some(({ from, until }) => from < day && day <= until);
    if (isWorkingDay(office.calendar, day) && !paused) left -= 1;
  }
  // One that began on the last day, and any that began before its end, leave the day on which the last one ends.
  for (let moved = true; moved;) {
    const last = day;
    const holding = spans.filter(({ from, until }) => from <= last && until > last).map(({ until }) => until);
    moved = holding.length > 0;
    if (moved) day = addWorkingDays(office.calendar, holding.toSorted().at(-1) ?? last, 0).day;
  }
  return day;
}

test('pauses never bring a deadline forward, and pauses within a day move no day', () => {
  fc.assert(
    fc.property(
      someDay,
      fc.constantFrom(workingDays(7), calendarDays(12), hours(30)),
      somePauses,
      (start, limit, pausesFrom) => {
        const pauses = pausesFrom(start);
        const plain = deadlineOf(office, limit, at(start));
        const moved = deadlineOf(office, limit, at(start), pauses);
        if (plain.state !== 'due' || moved.state !== 'due') throw new Error('every pause ended');
        expect(moved.day >= plain.day).toBe(true);
        if (pauses.every(({ from, until }) => from === until)) expect(moved).toStrictEqual(plain);
      },
    ),
  );
});
