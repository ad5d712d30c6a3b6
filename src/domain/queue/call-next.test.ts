import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callNext, isPriority, type QueueWindow, type WaitingTicket } from './call-next.ts';
import { expectedWait, viewQueue, type QueueView } from './expected-wait.ts';

const order = { priority: ['appointment', 'elderly'], priorityRun: 2 };
const general: QueueWindow = { number: '1', open: true, queues: ['A', 'B'] };
const at = (minute: number): string => new Date(Date.UTC(2026, 10, 23, 1, minute)).toISOString();
const ticket = (number: string, minute: number, group?: string): WaitingTicket => ({
  number,
  queue: number.slice(0, 1),
  since: at(minute),
  group,
});

describe('calling', () => {
  const waiting = [ticket('A003', 3), ticket('A002', 2), ticket('B001', 1), ticket('A004', 4, 'elderly')];

  test.each([
    ['a priority group first', general, waiting, 0, 'A004'],
    ['the first group before the second', general, [...waiting, ticket('B009', 9, 'appointment')], 0, 'B009'],
    ['an ordinary one after a run', general, waiting, 2, 'B001'],
    ['a priority one after a run when no other waits', general, [ticket('A004', 4, 'elderly')], 5, 'A004'],
    ['only its own queues', { ...general, queues: ['B'] }, waiting, 0, 'B001'],
    ['who is of no known group like anybody', general, [ticket('A003', 3), ticket('A005', 2, 'guests')], 0, 'A005'],
    ['the lower number of two of the same moment', general, [ticket('A007', 3), ticket('A006', 3)], 0, 'A006'],
    ['the same when they come in the other order', general, [ticket('A006', 3), ticket('A007', 3)], 0, 'A006'],
    ['nobody when nobody waits', general, [], 0, undefined],
    ['nobody at a closed window', { ...general, open: false }, waiting, 0, undefined],
  ])('%s', (_case, window, tickets, run, number) => {
    expect(callNext(order, window, tickets, run)?.number).toBe(number);
  });

  const tickets = fc.uniqueArray(
    fc.tuple(fc.constantFrom('A', 'B', 'C'), fc.nat({ max: 99 }), fc.constantFrom('elderly', 'appointment', undefined)),
    { selector: ([, minute]) => minute, maxLength: 25 },
  );

  test('everybody of its queues is called once, ordinary ones in order of time and never behind a longer run', () => {
    fc.assert(
      fc.property(tickets, (list) => {
        let waiting_ = list.map(([queue, minute, group]) => ticket(`${queue}${minute}`, minute, group));
        const mine = waiting_.filter(({ queue }) => queue !== 'C').length;
        const called: WaitingTicket[] = [];
        for (let run = 0; ;) {
          const next = callNext(order, general, waiting_, run);
          if (!next) break;
          const ordinaryWaits = waiting_.some((one) => one.queue !== 'C' && !isPriority(order, one));
          run = isPriority(order, next) ? run + 1 : 0;
          if (ordinaryWaits) expect(run).toBeLessThanOrEqual(order.priorityRun);
          waiting_ = waiting_.filter((one) => one !== next);
          called.push(next);
        }
        expect(called).toHaveLength(mine);
        for (const group of ['elderly', 'appointment', undefined]) {
          const times = called.filter((one) => one.group === group).map(({ since }) => since);
          expect(times).toStrictEqual(times.toSorted());
        }
      }),
    );
  });
});

describe('the expected wait', () => {
  const windows = [general, { number: '2', open: true, queues: ['A'] }, { number: '3', open: false, queues: ['A'] }];
  const waiting = [ticket('A001', 1), ticket('B001', 2), ticket('A002', 3, 'elderly'), ticket('B009', 9)];

  test('counts who comes before, in the own queue and in those that share its windows', () => {
    const mine = ticket('A005', 5);
    const view = { windows: 2, free: 1, ahead: 2, competing: 3 };
    expect(viewQueue(order, mine, waiting, windows, new Set(['1']))).toStrictEqual(view);
    expect(viewQueue(order, mine, [...waiting, mine], windows, new Set(['1']))).toStrictEqual(view);
    const elderly = { ...mine, group: 'elderly' };
    expect(viewQueue(order, elderly, waiting, windows, new Set(['1', '2']))).toStrictEqual({
      windows: 2,
      free: 0,
      ahead: 1,
      competing: 1,
    });
  });

  test.each([
    ['a free window', { windows: 2, free: 1, ahead: 0, competing: 0 }, { from: 0, to: 5 }],
    ['nobody ahead, all windows busy', { windows: 2, free: 0, ahead: 0, competing: 0 }, { from: 0, to: 15 }],
    ['eight ahead at two windows', { windows: 2, free: 0, ahead: 8, competing: 8 }, { from: 35, to: 75 }],
    ['eight ahead, ten more of other queues', { windows: 2, free: 0, ahead: 8, competing: 18 }, { from: 35, to: 150 }],
    ['no open window', { windows: 0, free: 0, ahead: 3, competing: 3 }, undefined],
  ])('%s', (_case, view, range) => expect(expectedWait(view, 12)).toStrictEqual(range));

  const view = fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.nat({ max: 60 }), fc.nat({ max: 30 }), fc.nat({ max: 9 }))
    .map(([count, ahead, others, free]): QueueView => ({
      windows: count,
      free: Math.min(count, free),
      ahead,
      competing: ahead + others,
    }));

  test('is a range of at least five minutes, in steps of five, that only grows with those who come before', () => {
    fc.assert(
      fc.property(view, fc.integer({ min: 1, max: 60 }), (queue, minutes) => {
        const range = expectedWait(queue, minutes);
        const longer = expectedWait({ ...queue, ahead: queue.ahead + 1, competing: queue.competing + 1 }, minutes);
        if (!range || !longer) throw new Error('windows are open');
        expect(range.to - range.from).toBeGreaterThanOrEqual(5);
        expect([range.from % 5, range.to % 5]).toStrictEqual([0, 0]);
        expect(longer.from).toBeGreaterThanOrEqual(range.from);
        expect(longer.to).toBeGreaterThanOrEqual(range.to);
      }),
    );
  });

  test('holds about two of three waits when matters are as uneven as assumed', () => {
    const range = expectedWait({ windows: 3, free: 0, ahead: 12, competing: 12 }, 10);
    if (!range) throw new Error('windows are open');
    // A generator with a fixed seed: the same thousand afternoons every time.
    let seed = 20_261_122;
    const random = (): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return (seed + 1) / 2_147_483_650;
    };
    const matter = (): number => -10 * Math.log(random());
    let held = 0;
    for (let day = 0; day < 1_000; day += 1) {
      const ends = [matter(), matter(), matter()];
      for (let called = 0; called < 12; called += 1) {
        const first = ends.indexOf(Math.min(...ends));
        ends[first] = Math.min(...ends) + matter();
      }
      const wait = Math.min(...ends);
      if (wait >= range.from && wait <= range.to) held += 1;
    }
    expect(held).toBeGreaterThan(640);
    expect(held).toBeLessThan(900);
  });
});
