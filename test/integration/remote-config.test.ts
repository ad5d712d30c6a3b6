import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configSigner } from '../fixtures/config-signer.ts';
import { adapters } from '../fixtures/adapters.ts';
import { ManualClock, pass, type CoreBenchOptions } from '../fixtures/core-bench.ts';
import { type Hall, type Kiosk, openHall } from '../fixtures/hall.ts';

const named = (name: string) => ({ code: '990101', name, hours: '8:30-17:30', phone: '0990-12345' });
const NAME = '望岭县政务服务中心';

describe.each(adapters)('core over $name', (adapter) => {
  let hall: Hall<ManualClock>;
  let signer: ReturnType<typeof configSigner>;
  beforeEach(async () => {
    hall = await openHall(adapter, new ManualClock());
    signer = configSigner();
  });
  afterEach(() => hall.close());

  /** Starts the kiosk, for which an earlier one ends. */
  const start = (options: Partial<CoreBenchOptions> = {}) =>
    hall.start({ config: { configurationKey: signer.configurationKey }, ...options });
  const hallOf = async (on: Kiosk) => (await on.core.system.status()).hall?.name;
  const noticesOf = async (on: Kiosk) => (await on.core.system.status()).notices;
  async function send(content: Record<string, unknown>) {
    const sent = await hall.platform.publish({ id: randomUUID(), kind: 'configuration', content, kiosks: ['WL01'] });
    expect(sent).toMatchObject({ ok: true });
  }
  /** What the kiosk reported, without ids and times. */
  const reports = async () =>
    (await hall.platform.received()).configReports.map(({ version, outcome, reason }) => [version, outcome, reason]);

  describe('configuration from the platform', () => {
    it('is believed, comes into force with the next start, and is proven when the kiosk stayed up', async () => {
      await send(signer.statement(1, { config: { hall: named('新大厅') } }));
      const first = await start();
      await first.log.until('core.config-accepted');
      expect(await hallOf(first)).toBe(NAME);
      await first.log.until('core.config-due', 1, { version: 1 });

      const next = await start();
      expect(await hallOf(next)).toBe('新大厅');
      // The rest is the kiosk's own.
      expect(next.room.service?.config).toMatchObject({ kioskId: 'WL01', platform: { url: hall.platform.url } });
      hall.clock.advance(60_000);
      await next.log.until('core.config-in-force', 1, { version: 1 });
      await expect
        .poll(() => {
          pass(next, hall.clock, 2_000);
          return reports();
        })
        .toEqual([
          [1, 'accepted', undefined],
          [1, 'in-force', undefined],
        ]);
      expect(await hallOf(await start())).toBe('新大厅');
    });

    it('waits for its time, and for the end of a visit', async () => {
      const statement = { format: 1, kioskId: 'WL01', version: 1, config: { hall: named('新大厅') } };
      await send(signer.signed({ ...statement, effectiveAt: '2026-11-22T12:00:00+08:00' }));
      const first = await start();
      await first.log.until('core.config-accepted');
      const early = await start();
      expect(await hallOf(early)).toBe(NAME);
      await early.core.session.start({ locale: 'zh-CN' });
      hall.clock.advance(3 * 3_600_000);
      hall.clock.advance(60_000);
      await early.core.system.status();
      expect(early.log.count('core.config-due')).toBe(0);
      await early.core.session.end({ cause: 'finished' });
      await expect
        .poll(() => {
          hall.clock.advance(60_000);
          return early.log.count('core.config-due');
        })
        .toBe(1);
      expect(await hallOf(await start())).toBe('新大厅');
    });

    it('returns to a former version when the platform signs so', async () => {
      await send(signer.statement(1, { config: { hall: named('一号') } }));
      await send(signer.statement(2, { config: { hall: named('二号') } }));
      await (await start()).log.until('core.config-accepted', 2);
      const second = await start();
      expect(await hallOf(second)).toBe('二号');
      await send(signer.statement(3, { returnTo: 1 }));
      await (await start()).log.until('core.config-accepted');
      const back = await start();
      expect(await hallOf(back)).toBe('一号');
      await send(signer.statement(4, { returnTo: 0 }));
      await (await start()).log.until('core.config-accepted');
      expect(await hallOf(await start())).toBe(NAME);
    });
  });

  describe('[M-11] bad configuration is rejected, reported, and the old one stays:', () => {
    const good = { config: { hall: named('坏大厅') } };
    const altered = () => {
      const { statement, signature } = signer.statement(2, good);
      return { statement: { ...statement, config: { hall: named('改过的') } }, signature };
    };
    it.each([
      ['signature-wrong', 2, () => configSigner().statement(2, good)],
      ['signature-wrong', 2, altered],
      ['not-a-statement', 0, () => ({ config: good })],
      ['other-kiosk', 2, () => signer.signed({ ...signer.statement(2, good).statement, kioskId: 'WL02' })],
      ['version-not-newer', 1, () => signer.statement(1, good)],
      ['invalid', 2, () => signer.statement(2, { config: { hall: { name: '缺东西' } } })],
      ['invalid', 2, () => signer.statement(2, { config: { hall: named('坏大厅'), hal: 1 } })],
      // What belongs to the machine is not the platform's to change.
      ['invalid', 2, () => signer.statement(2, { config: { platform: { url: 'http://127.0.0.1:1' } } })],
      ['version-unknown', 3, () => signer.statement(3, { returnTo: 2 })],
    ])('%s (version %i)', async (reason, version, make) => {
      await send(signer.statement(1, { config: { hall: named('好大厅') } }));
      await (await start()).log.until('core.config-accepted');
      await send(make());
      const on = await start();
      await on.log.until('core.config-rejected');
      expect(on.log.count('core.config-rejected', { reason, version })).toBe(1);
      await expect.poll(reports).toContainEqual([version, 'rejected', reason]);
      expect(await noticesOf(on)).toMatchObject([{ kind: 'configuration-rejected', detail: `${version}: ${reason}` }]);
      expect(await hallOf(on)).toBe('好大厅');
      expect(await hallOf(await start())).toBe('好大厅');
    });

    it('no-key: a kiosk whose own file names none believes nobody', async () => {
      await send(signer.statement(1, good));
      const on = await start({ config: {} });
      await on.log.until('core.config-rejected', 1, { reason: 'no-key' });
      expect(await hallOf(await start({ config: {} }))).toBe(NAME);
    });

    it('and one that was believed is not any more when its key is taken out of the own file', async () => {
      await send(signer.statement(1, { config: { hall: named('好大厅') } }));
      await (await start()).log.until('core.config-accepted');
      expect(await hallOf(await start())).toBe('好大厅');
      const { configurationKey } = configSigner();
      const on = await start({ config: { configurationKey } });
      expect(await hallOf(on)).toBe(NAME);
      // And does not start again and again for it.
      hall.clock.advance(60_000);
      await on.core.system.status();
      expect(on.log.count('core.config-due')).toBe(0);
    });
  });

  describe('a kiosk that does not start with its new configuration', () => {
    async function withGoodOne() {
      await send(signer.statement(1, { config: { hall: named('好大厅') } }));
      await (await start()).log.until('core.config-accepted');
      const on = await start();
      hall.clock.advance(60_000);
      await on.log.until('core.config-in-force', 1, { version: 1 });
    }

    it('goes back to the former one by itself when it cannot open, and says so', async () => {
      await withGoodOne();
      await send(signer.statement(2, { config: { hall: named('坏大厅'), catalogue: 'nowhere' } }));
      await (await start()).log.until('core.config-accepted');
      const back = await start();
      expect(await hallOf(back)).toBe('好大厅');
      expect(back.log.count('core.config-returned', { version: 2, to: 1 })).toBe(1);
      expect(await noticesOf(back)).toMatchObject([{ kind: 'configuration-returned', detail: '2 → 1' }]);
      await expect.poll(reports).toContainEqual([2, 'returned', 'start-failed']);
      const later = await start();
      expect(await hallOf(later)).toBe('好大厅');
      expect(later.log.count('core.config-returned')).toBe(0);
      // And takes the next one.
      await send(signer.statement(3, { config: { hall: named('三号') } }));
      await (await start()).log.until('core.config-accepted');
      expect(await hallOf(await start())).toBe('三号');
    });

    it('keeps one that works although it starts with its clock in the year 2000', async () => {
      await withGoodOne();
      const late = hall.clock.now().getTime() - Date.parse('2000-01-01T00:00:00Z');
      hall.clock.advance(-late);
      const on = await start();
      expect(await hallOf(on)).toBe('好大厅');
      expect(on.log.count('core.config-returned')).toBe(0);
    });

    it('goes back when its process ended three times before it had shown to work', async () => {
      await withGoodOne();
      await send(signer.statement(2, { config: { hall: named('坏大厅') } }));
      await (await start()).log.until('core.config-accepted');
      for (let life = 0; life < 3; life += 1) expect(await hallOf(await start())).toBe('坏大厅');
      const back = await start();
      expect(await hallOf(back)).toBe('好大厅');
      expect(back.log.count('core.config-returned', { version: 2, to: 1 })).toBe(1);
    });

    it('blames no configuration when its own file does not work either', async () => {
      await withGoodOne();
      const { configurationKey } = signer;
      const on = await start({ config: { configurationKey, catalogue: 'nowhere' } });
      expect((await on.core.system.status()).outOfService?.reason).toBe('catalogue-invalid');
      expect(await hallOf(await start())).toBe('好大厅');
    });
  });
});
