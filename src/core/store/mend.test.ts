import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cryptographyProfiles } from '../../../test/fixtures/cryptography-profiles.ts';
import {
  applyForAllowance,
  makeFolder,
  ManualClock,
  removeFolder,
  startCore,
} from '../../../test/fixtures/core-bench.ts';
import { destroyTable } from '../../../test/fixtures/destroy-table.ts';

let folder: string;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => removeFolder(folder));

let cryptography: (typeof cryptographyProfiles)[number];
const start = () => startCore({ clock: new ManualClock(), folder, config: { cryptography } });

async function handInTwo(): Promise<string[]> {
  const bench = await start();
  const numbers: string[] = [];
  for (let n = 0; n < 2; n += 1) {
    await applyForAllowance(bench);
    numbers.push((await bench.core.application.submit()).provisionalNumber);
    await bench.core.session.end({ cause: 'finished' });
  }
  bench.stop();
  return numbers;
}

describe.each(cryptographyProfiles)('after a damaged store of the %s profile', (profile) => {
  beforeEach(() => {
    cryptography = profile;
  });

  it('cases whose own rows are lost are rebuilt from their sealed content, and numbers go on behind a gap', async () => {
    const numbers = await handInTwo();
    destroyTable(join(folder, 'data', 'kiosk.db'), 'case_record');
    const bench = await start();
    for (const number of numbers) {
      expect(await bench.core.progress.lookup({ number })).toMatchObject({
        stage: 'waiting-to-send',
        department: '安澜县民政局',
      });
    }
    const status = await bench.core.system.status();
    expect(status).toMatchObject({ waiting: 4, needsStaff: 0, notices: [{ kind: 'store-set-aside' }] });
    const aside = readdirSync(join(folder, 'data')).find((name) => name.includes('damaged')) ?? 'none';
    expect(status.notices[0]?.detail).toContain(aside);
    await applyForAllowance(bench);
    expect((await bench.core.application.submit()).provisionalNumber).toMatch(/^YS-WL01-261122-0203-/);
    bench.stop();
    // Told once: the next start finds a sound store.
    const again = await start();
    expect(again.log.count('core.store-set-aside')).toBe(0);
    again.stop();
  });

  it('cases whose content is lost are shown to staff, and their pages are kept', async () => {
    const numbers = await handInTwo();
    destroyTable(join(folder, 'data', 'kiosk.db'), 'outbox');
    const bench = await start();
    for (const number of numbers) {
      expect(await bench.core.progress.lookup({ number })).toMatchObject({ stage: 'needs-staff' });
    }
    expect(await bench.core.system.status()).toMatchObject({ waiting: 0, needsStaff: 2 });
    const [kept = ''] = readdirSync(join(folder, 'data', 'scans'));
    expect(readdirSync(join(folder, 'data', 'scans', kept))).toHaveLength(2);
    bench.stop();
  });

  it('nothing at all is deleted when the file is no database any more', async () => {
    await handInTwo();
    const path = join(folder, 'data', 'kiosk.db');
    writeFileSync(path, 'gone');
    const bench = await start();
    expect((await bench.core.system.status()).notices).toMatchObject([{ kind: 'store-set-aside' }]);
    const [kept = ''] = readdirSync(join(folder, 'data', 'scans'));
    expect(readdirSync(join(folder, 'data', 'scans', kept))).toHaveLength(2);
    expect(existsSync(path)).toBe(true);
    bench.stop();
  });
});
