import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  admit,
  moveTicket,
  queueRules,
  ticketEvents,
  ticketStateCode,
  ticketStateOf,
  ticketStates,
  type QueueRules,
  type TakenTicket,
} from './rules.ts';

const rules: QueueRules = {
  perDay: 5,
  perPerson: 2,
  perPhone: 3,
  phoneRequired: false,
  cutOff: '16:30',
  whenFull: 'refuse',
  handlingMinutes: 12,
  priority: ['appointment', 'elderly'],
  priorityRun: 3,
};
const free: QueueRules = {
  phoneRequired: false,
  whenFull: 'refuse',
  handlingMinutes: 12,
  priority: [],
  priorityRun: 1,
};
const ticket = (person?: string, phone?: string, state: TakenTicket['state'] = 'not-called'): TakenTicket => ({
  state,
  person,
  phone,
});

test.each([
  ['the first of the day', rules, [], { time: '09:00', person: 'A' }, 'ticket'],
  ['one minute before the cut-off', rules, [], { time: '16:29' }, 'ticket'],
  ['at the cut-off', rules, [], { time: '16:30' }, 'past-cut-off'],
  ['a person’s second', rules, [ticket('A')], { time: '09:00', person: 'A' }, 'ticket'],
  ['a person’s third', rules, [ticket('A'), ticket('A')], { time: '09:00', person: 'A' }, 'person-limit'],
  [
    'a person’s third, after two that are void',
    rules,
    [ticket('A', '', 'void'), ticket('A', '', 'void')],
    { time: '09:00', person: 'A' },
    'person-limit',
  ],
  ['another person’s first', rules, [ticket('A'), ticket('A')], { time: '09:00', person: 'B' }, 'ticket'],
  [
    'a phone’s fourth',
    rules,
    [ticket('A', '1'), ticket('B', '1'), ticket('C', '1')],
    { time: '09:00', person: 'D', phone: '1' },
    'phone-limit',
  ],
  ['somebody without card and phone', rules, [ticket(), ticket(), ticket()], { time: '09:00' }, 'ticket'],
  ['the sixth of the day', rules, [ticket(), ticket(), ticket(), ticket(), ticket()], { time: '09:00' }, 'day-limit'],
  [
    'the sixth, one of them void',
    rules,
    [ticket(), ticket(), ticket(), ticket(), ticket('A', '', 'void')],
    { time: '09:00' },
    'ticket',
  ],
  [
    'the sixth, with appointments',
    { ...rules, whenFull: 'appointment' },
    [ticket(), ticket(), ticket(), ticket(), ticket('X', '', 'accepted')],
    { time: '09:00' },
    'appointment',
  ],
  ['no phone where one is needed', { ...rules, phoneRequired: true }, [], { time: '17:00' }, 'phone-required'],
  ['no limits, late at night', free, [ticket('A'), ticket('A')], { time: '23:59', person: 'A' }, 'ticket'],
] as const)('%s', (_case, given, taken, request, outcome) => {
  const result = admit(given, taken, request);
  expect(result.ok ? result.value : result.reason).toBe(outcome);
});

test('no order of visitors gets more tickets than the rules allow', () => {
  const visitor = fc.record({
    time: fc.constantFrom('09:00', '12:00', '16:29', '16:30', '18:00'),
    person: fc.constantFrom('A', 'B', 'C', undefined),
    phone: fc.constantFrom('1', '2', undefined),
  });
  fc.assert(
    fc.property(fc.array(visitor, { maxLength: 30 }), (visitors) => {
      const taken: TakenTicket[] = [];
      for (const request of visitors) {
        if (admit(rules, taken, request).ok) {
          taken.push({ state: 'not-called', person: request.person, phone: request.phone });
          expect(request.time < '16:30').toBe(true);
        }
      }
      const most = (of: (one: TakenTicket) => string | undefined): number =>
        Math.max(0, ...[...Map.groupBy(taken.filter(of), of).values()].map(({ length }) => length));
      expect(taken.length).toBeLessThanOrEqual(5);
      expect(most(({ person }) => person)).toBeLessThanOrEqual(2);
      expect(most(({ phone }) => phone)).toBeLessThanOrEqual(3);
    }),
  );
});

test('rules are read from data', () => {
  expect(queueRules.safeParse(rules).success).toBe(true);
  expect(queueRules.safeParse({ ...rules, cutOff: '25:00' }).success).toBe(false);
  expect(queueRules.safeParse({ ...rules, perDay: 0 }).success).toBe(false);
});

test('a ticket is called, accepted, put back or void, and an end is an end', () => {
  const legal = ticketStates.flatMap((state) =>
    ticketEvents.flatMap((event) => {
      const next = moveTicket(state, event);
      if (!next.ok) expect(next.reason).toBe('not-from-here');
      return next.ok ? [`${state} ${event} ${next.value}`] : [];
    }),
  );
  expect(legal).toStrictEqual([
    'not-called call called',
    'not-called cancel void',
    'called call-again called',
    'called accept accepted',
    'called put-back not-called',
    'called cancel void',
  ]);
});

test('states have the codes 0 to 3', () => {
  expect(ticketStates.map(ticketStateCode)).toStrictEqual([0, 1, 2, 3]);
  expect([0, 1, 2, 3].map(ticketStateOf)).toStrictEqual([...ticketStates]);
  expect(ticketStateOf(4)).toBeUndefined();
});
