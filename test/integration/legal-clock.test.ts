import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adapters } from '../fixtures/adapters.ts';
import { applyForAllowance, ManualClock, pass } from '../fixtures/core-bench.ts';
import { type Hall, openHall } from '../fixtures/hall.ts';

describe.each(adapters)('core over $name', (adapter) => {
  let hall: Hall<ManualClock>;
  beforeEach(async () => {
    hall = await openHall(adapter, new ManualClock());
  });
  afterEach(() => hall.close());

  /** Monday to Friday; which calendar it is, is not what is tried here. */
  function addWorkingDays(day: string, days: number): string {
    const at = new Date(`${day}T00:00:00Z`);
    for (let left = days; left > 0;) {
      at.setUTCDate(at.getUTCDate() + 1);
      if (at.getUTCDay() % 6 !== 0) left -= 1;
    }
    return at.toISOString().slice(0, 10);
  }

  describe('a case that was handed in while the network was gone', () => {
    // Handed in on Sunday 22 November, received on Wednesday 25; the item's limit is 20 working days.
    it.each([
      { rule: undefined, from: 'received', lastDay: '2026-12-23' },
      { rule: 'received' as const, from: 'received', lastDay: '2026-12-23' },
      { rule: 'handed-in' as const, from: 'handed-in', lastDay: '2026-12-18' },
    ])('[P-26] shows both times and its deadline by the rule $rule', async ({ rule, from, lastDay }) => {
      await hall.platform.setFault({ kind: 'down' });
      const config = rule && { legalClock: rule };
      const on = await hall.start({ addWorkingDays, ...(config && { config }) });
      await on.log.until('core.platform-changed', 1, { state: 'unreachable' });
      await applyForAllowance(on);
      const { provisionalNumber: number } = await on.core.application.submit();
      await on.core.session.end({ cause: 'finished' });
      const waiting = await on.core.progress.lookup({ number });
      expect(waiting.handedInAt).toBe('2026-11-22T09:30:00+08:00');
      // The clock that starts with the receipt does not run yet.
      expect(waiting.deadline).toEqual(from === 'handed-in' ? { from, lastDay } : undefined);

      hall.clock.advance(3 * 24 * 3_600_000);
      await hall.platform.setFault({ kind: 'none' });
      await expect
        .poll(() => {
          pass(on, hall.clock, 1_000);
          return on.log.count('core.delivered');
        })
        .toBe(2);
      const late = await on.core.progress.lookup({ number });
      expect(late).toMatchObject({ handedInAt: '2026-11-22T09:30:00+08:00', deadline: { from, lastDay } });
      expect(late.receivedAt).toMatch(/^2026-11-25T/);
      const { cases } = await hall.platform.received();
      expect(cases).toMatchObject([{ handedInAt: late.handedInAt }]);
      expect(cases.map(({ receivedAt }) => Date.parse(receivedAt))).toEqual([Date.parse(late.receivedAt ?? '')]);

      await hall.platform.setFault({ kind: 'down' });
      expect(await on.core.progress.lookup({ number })).toMatchObject({
        handedInAt: late.handedInAt,
        receivedAt: late.receivedAt,
        deadline: { from, lastDay },
      });
    });
  });
});
