import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adapters } from '../fixtures/adapters.ts';
import { applyForAllowance, ManualClock, pass } from '../fixtures/core-bench.ts';
import { type Hall, type Kiosk, openHall } from '../fixtures/hall.ts';

const MINUTE = 60_000;

describe.each(adapters)('core over $name', (adapter) => {
  /** By the platform's clock, which is right. */
  let hall: Hall<ManualClock>;
  /** How often the platform said its time. */
  let heard = 0;
  beforeEach(async () => {
    hall = await openHall(adapter, new ManualClock());
  });
  afterEach(() => hall.close());

  /** A kiosk whose clock runs ahead by so much. */
  async function start(ahead: number): Promise<Kiosk & { readonly clock: ManualClock }> {
    const clock = new ManualClock();
    clock.advance(ahead);
    const counting: typeof fetch = async (input, init) => {
      const answer = await fetch(input, init);
      if (answer.url.endsWith('/health')) heard += 1;
      return answer;
    };
    return { ...(await hall.start({ clock, fetch: counting })), clock };
  }
  async function handInAndRate(on: Kiosk): Promise<void> {
    const { core, log } = on;
    const before = log.count('core.delivered');
    await applyForAllowance(on);
    await core.application.submit();
    await core.rating.submit({ level: 'satisfied', channel: 'page' });
    await core.session.end({ cause: 'finished' });
    await log.until('core.delivered', before + 3);
  }
  const clockNotices = async ({ core }: Kiosk) =>
    (await core.system.status()).notices.filter(({ kind }) => kind === 'clock-suspect');
  const marks = async () => {
    const { cases, ratings } = await hall.platform.received();
    return [...cases, ...ratings].map(({ clockSuspect }) => clockSuspect?.driftSeconds);
  };

  describe('the clock of the kiosk', () => {
    it.each([
      { ahead: 10 * MINUTE, seconds: 600, detail: '+600 s' },
      { ahead: -10 * MINUTE, seconds: -600, detail: '-600 s' },
    ])('[M-20] off by $ahead ms is told to staff and the audit, and marks what is handed in', async (drift) => {
      const on = await start(drift.ahead);
      await on.log.until('core.clock-suspect', 1, { driftSeconds: drift.seconds });
      expect(await clockNotices(on)).toEqual([{ kind: 'clock-suspect', detail: drift.detail }]);
      await handInAndRate(on);
      expect(await marks()).toEqual([drift.seconds, drift.seconds]);
      expect(on.room.service?.audit.last('clock-suspect')).toMatchObject({ outcome: `${drift.seconds} s` });
      // Once, however often it is measured.
      const asked = heard;
      await expect
        .poll(() => {
          pass(on, hall.clock, MINUTE);
          pass(on, on.clock, MINUTE);
          return heard;
        })
        .toBeGreaterThan(asked + 1);
      expect(on.log.count('core.clock-suspect')).toBe(1);
    });

    it.each([0, 5_000, -25_000])("[M-20] off by %i ms is nobody's concern", async (ahead) => {
      const on = await start(ahead);
      await on.log.until('core.platform-changed', 1, { state: 'reachable' });
      await handInAndRate(on);
      expect(on.log.count('core.clock-suspect')).toBe(0);
      expect(await clockNotices(on)).toEqual([]);
      expect(await marks()).toEqual([undefined, undefined]);
    });

    it('stays suspect over a restart without the platform, until it is found right', async () => {
      const wrong = await start(10 * MINUTE);
      await wrong.log.until('core.clock-suspect');
      await hall.platform.setFault({ kind: 'down' });
      const alone = await start(10 * MINUTE);
      expect(await clockNotices(alone)).toHaveLength(1);
      await applyForAllowance(alone);
      await alone.core.application.submit();
      await alone.core.session.end({ cause: 'finished' });
      await hall.platform.setFault({ kind: 'none' });

      const mended = await start(0);
      await mended.log.until('core.clock-right');
      expect(await clockNotices(mended)).toEqual([]);
      await expect
        .poll(() => {
          pass(mended, mended.clock, 1_000);
          return mended.log.count('core.delivered');
        })
        .toBe(2);
      await handInAndRate(mended);
      // The one that was handed in by the wrong clock, the next one and its rating.
      expect(await marks()).toEqual([600, undefined, undefined]);
    });
  });
});
