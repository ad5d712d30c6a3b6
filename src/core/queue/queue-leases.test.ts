import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LeaseStore, memoryLeases } from '../../../test/fixtures/memory-queue.ts';
import { leaseExample } from '../../contract/platform-examples.ts';
import { migrate } from '../store/migrations/index.ts';
import { QueueLeases } from './queue-leases.ts';

function storedLeases(): LeaseStore {
  const database = new Sqlite(':memory:');
  migrate(database);
  return new QueueLeases(database);
}

const uuid = (index: number) => `019ab4c0-5a00-7000-8000-${String(index).padStart(12, '0')}`;
const days = ['2026-11-22', '2026-11-23'] as const;
const place = (day: string = days[0], queue = 'A') => ({ ...leaseExample, day, queue });
const request = (index: number, day: string = days[0], queue = 'A') => ({ ...place(day, queue), id: uuid(index) });

const kinds = [
  { kind: 'in a store', make: storedLeases },
  { kind: 'in memory', make: memoryLeases },
];

describe.each(kinds)('leases $kind', ({ make }) => {
  it('are asked for until they are granted or dropped, and give their numbers from the lowest on', () => {
    const leases = make();
    expect(leases.take(place())).toBeUndefined();
    expect(leases.left(place())).toEqual({ count: 0, leased: false });
    for (const index of [1, 2, 3]) leases.ask(request(index));
    expect(leases.asked(days[0])).toEqual([1, 2, 3].map((index) => request(index)));
    expect(leases.asked(days[1])).toEqual([]);
    expect(leases.grant(request(2), { first: 7, last: 8 })).toBe(true);
    expect(leases.grant(request(1), { first: 1, last: 2 })).toBe(true);
    leases.drop(uuid(3));
    expect(leases.isAsked(place())).toBe(false);
    expect(leases.left(place())).toEqual({ count: 4, leased: true });
    const numbers = Array.from({ length: 5 }, () => leases.take(place()));
    expect(numbers).toEqual([
      { leaseId: uuid(1), number: 1 },
      { leaseId: uuid(1), number: 2 },
      { leaseId: uuid(2), number: 7 },
      { leaseId: uuid(2), number: 8 },
      undefined,
    ]);
    expect(leases.left(place())).toEqual({ count: 0, leased: true });
  });

  it('have no number of another queue, day, hall or kiosk', () => {
    const leases = make();
    leases.ask(request(1));
    leases.grant(request(1), { first: 1, last: 5 });
    for (const other of [{ queue: 'B' }, { day: days[1] }, { hallCode: '990102' }, { kioskId: 'KSK2' }])
      expect(leases.take({ ...place(), ...other })).toBeUndefined();
  });

  it('are not granted over numbers that were had before', () => {
    const leases = make();
    for (const index of [1, 2, 3]) leases.ask(request(index));
    leases.grant(request(1), { first: 10, last: 20 });
    expect(leases.grant(request(2), { first: 20, last: 30 })).toBe(false);
    expect(leases.grant(request(3), { first: 5, last: 4 })).toBe(false);
    expect(leases.asked(days[0])).toEqual([]);
    leases.forget(days[1]);
    expect(leases.left(place()).leased).toBe(false);
    leases.ask(request(4, days[1]));
    leases.abandon();
    expect(leases.isAsked(place(days[1]))).toBe(false);
  });
});

describe('leases over any course of events', () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('ask' as const), lease: fc.nat(5), day: fc.constantFrom(...days) }),
    fc.record({
      do: fc.constant('grant' as const),
      lease: fc.nat(5),
      first: fc.integer({ min: 1, max: 40 }),
      count: fc.nat(6),
    }),
    fc.record({ do: fc.constantFrom('drop' as const, 'forget' as const, 'abandon' as const), lease: fc.nat(5) }),
    fc.record({ do: fc.constant('take' as const), day: fc.constantFrom(...days) }),
  );

  it('give each number once, whatever the platform answers, in the store as in memory', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const both = [storedLeases(), memoryLeases()];
        const taken = new Set<string>();
        const asked = new Map<number, (typeof days)[number]>();
        for (const [turn, one] of steps.entries()) {
          const answers = both.map((leases) => {
            switch (one.do) {
              case 'ask':
                // Each id is of one request.
                return asked.has(one.lease) ? undefined : leases.ask(request(one.lease, one.day));
              case 'grant': {
                const day = asked.get(one.lease);
                const range = { first: one.first, last: one.first + one.count };
                return day === undefined ? undefined : leases.grant(request(one.lease, day), range);
              }
              case 'drop':
                return leases.drop(uuid(one.lease));
              case 'forget':
                return leases.forget(days[1]);
              case 'abandon':
                return leases.abandon();
              default:
                return leases.take(place(one.day));
            }
          });
          if (one.do === 'ask' && !asked.has(one.lease)) asked.set(one.lease, one.day);
          // What was given before counts no more, as the numbers after it are new ones there.
          if (one.do === 'abandon' || one.do === 'forget') taken.clear();
          expect([turn, answers[0]]).toEqual([turn, answers[1]]);
          const [number] = answers;
          if (one.do === 'take' && typeof number === 'object') {
            const key = `${one.day} ${number.number}`;
            expect(taken.has(key)).toBe(false);
            taken.add(key);
          }
          for (const day of days) expect(both[0]?.left(place(day))).toEqual(both[1]?.left(place(day)));
          expect(both[0]?.asked(days[0])).toEqual(both[1]?.asked(days[0]));
        }
      }),
    );
  });
});
