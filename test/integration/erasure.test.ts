import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/contract/clock.ts';
import { ERASE_GRACE_MS } from '../../src/core/limits.ts';
import { adapters } from '../fixtures/adapters.ts';
import { applyForAllowance, ManualClock } from '../fixtures/core-bench.ts';
import { everyByte } from '../fixtures/every-byte.ts';
import { type Hall, type Kiosk, openHall } from '../fixtures/hall.ts';
import { samplePerson } from '../fixtures/sample-item.ts';

const phone = '13800001234';
const personal = [samplePerson.name, samplePerson.idNumber, phone, '/9j/'];
const HOUR = 3_600_000;

describe.each(adapters)('core over $name, sealed by the $cryptography profile', (adapter) => {
  const { cryptography } = adapter;
  let hall: Hall;
  /** The kiosk's. */
  let clock: ManualClock;
  beforeEach(async () => {
    hall = await openHall(adapter, systemClock);
    clock = new ManualClock();
  });
  afterEach(() => hall.close());

  /** A whole visit with all of its records at the platform. */
  async function deliverOne(): Promise<Kiosk & { readonly number: string }> {
    const on = await hall.start({ clock, config: { cryptography } });
    await applyForAllowance(on, phone);
    const { provisionalNumber } = await on.core.application.submit();
    await on.core.rating.submit({ level: 'satisfied', channel: 'page' });
    await on.core.session.end({ cause: 'finished' });
    await on.log.until('core.delivered', 3);
    return { ...on, number: provisionalNumber };
  }

  function sealedContents(dataDir: string): Buffer[] {
    const store = new Sqlite(join(dataDir, 'kiosk.db'), { readonly: true });
    const contents = store.prepare<[], Buffer>('SELECT payload FROM outbox WHERE payload IS NOT NULL').pluck().all();
    store.close();
    return contents;
  }

  const scansIn = (dataDir: string) => readdirSync(join(dataDir, 'scans'));

  describe('what was handed in', () => {
    it('[S-06] is sealed only in store, log and scans; after acknowledgement and grace rows and attachments are gone', async () => {
      const { dataDir, log, core, number } = await deliverOne();
      const sealed = sealedContents(dataDir);
      expect(sealed).toHaveLength(3);
      const before = everyByte(dataDir);
      expect(personal.filter((word) => before.includes(word))).toEqual([]);
      const [scan = ''] = scansIn(dataDir);
      const page = readFileSync(join(dataDir, 'scans', scan));

      // The platform may still ask for them.
      clock.advance(ERASE_GRACE_MS - HOUR);
      await log.until('core.platform-changed', 1);
      expect(sealedContents(dataDir)).toHaveLength(3);
      expect(scansIn(dataDir)).toHaveLength(1);

      clock.advance(2 * HOUR);
      await log.until('core.erased', 1, { records: 3 });
      expect(sealedContents(dataDir)).toEqual([]);
      expect(scansIn(dataDir)).toEqual([]);
      const after = everyByte(dataDir);
      // Not even sealed, and neither are the wrapped keys, anywhere in what is left of the files.
      for (const content of [...sealed, page]) {
        expect(after.includes(content.subarray(21, 69))).toBe(false);
        expect(after.includes(content.subarray(-64))).toBe(false);
      }
      expect(statSync(join(dataDir, 'kiosk.db-wal')).size).toBe(0);
      const store = new Sqlite(join(dataDir, 'kiosk.db'), { readonly: true });
      expect(store.prepare('SELECT step, state FROM outbox').all()).toEqual([{ step: 'case', state: 'done' }]);
      expect(store.prepare(`SELECT count(*) FROM audit WHERE what = 'record-erased'`).pluck().get()).toBe(3);
      store.close();
      expect(await core.progress.lookup({ number })).toMatchObject({ stage: 'accepted' });
    });

    it('is let go although the clock ran years ahead when it arrived', async () => {
      const { dataDir, log, room } = await deliverOne();
      const store = new Sqlite(join(dataDir, 'kiosk.db'));
      store.exec(`UPDATE outbox SET done_at = '2031-01-01T00:00:00+08:00'`);
      store.close();
      room.service?.erasure.eraseDue();
      clock.advance(ERASE_GRACE_MS + HOUR);
      await log.until('core.erased', 1, { records: 3 });
      expect(scansIn(dataDir)).toEqual([]);
    });

    it('is kept as long as the platform has not got it', async () => {
      await hall.platform.setFault({ kind: 'down' });
      const on = await hall.start({ clock, config: { cryptography } });
      await applyForAllowance(on, phone);
      await on.core.application.submit();
      await on.core.session.end({ cause: 'finished' });
      clock.advance(100 * ERASE_GRACE_MS);
      expect(on.room.service?.erasure.eraseDue()).toEqual({ ok: true, value: 0 });
      expect(sealedContents(on.dataDir)).toHaveLength(2);
      expect(scansIn(on.dataDir)).toHaveLength(1);
    });
  });
});
