import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  applyForAllowance,
  jpegWith,
  makeFolder,
  ManualClock,
  removeFolder,
  startCore,
} from '../../../test/fixtures/core-bench.ts';
import { openStore } from './open-store.ts';
import { createTransact } from './transact.ts';

let folder: string;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => removeFolder(folder));

describe('a store that cannot grow', () => {
  it('names the cause, keeps what it has and takes more once there is room', () => {
    const opened = openStore({ path: join(folder, 'kiosk.db'), now: () => new Date() });
    if (!opened.ok) throw new Error(opened.reason);
    const { database } = opened.value;
    const transact = createTransact(database);
    database.pragma('max_page_count = 20');
    const insert = database.prepare('INSERT INTO wipe (at, cause) VALUES (?, ?)');
    const write = () => transact(() => insert.run('now', randomBytes(20_000).toString('hex')));
    let kept = 0;
    while (write().ok) kept += 1;
    expect(write()).toMatchObject({ ok: false, reason: 'disk-full' });
    expect(database.prepare('SELECT count(*) AS rows FROM wipe').get()).toEqual({ rows: kept });
    database.pragma('max_page_count = 200');
    expect(write()).toMatchObject({ ok: true });
    database.close();
  });
});

/** A disk of its own needs root and, in a container, the right to mount. */
function mountSmallDisk(at: string): boolean {
  try {
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', at], { stdio: 'ignore' });
    return true;
  } catch {
    // No right to mount: the tests that need it are skipped and say so.
    return false;
  }
}
const trial = makeFolder();
const canMount = mountSmallDisk(trial);
if (canMount) execFileSync('/bin/umount', [trial]);
removeFolder(trial);

describe.skipIf(!canMount)('a kiosk on a real disk that is full', () => {
  beforeEach(() => void mountSmallDisk(folder));
  afterEach(() => void execFileSync('/bin/umount', [folder]));

  it('refuses pages and cases by name, shows nothing as done, and goes on when there is room', async () => {
    const bench = await startCore({ clock: new ManualClock(), folder });
    const { core } = bench;
    expect((await core.system.status()).notices).toMatchObject([{ kind: 'disk-low' }]);
    await applyForAllowance(bench);
    const ballast = join(folder, 'ballast');
    const fill = (bytes: number) => {
      try {
        writeFileSync(ballast, Buffer.alloc(bytes), { flag: 'a' });
        return true;
      } catch {
        // Full to this size of block.
        return false;
      }
    };
    for (const block of [100_000, 4_096, 1]) while (fill(block));

    const page = { material: 'M-HOUSEHOLD-BOOK', image: jpegWith('x'.repeat(50_000)) };
    const full = { code: 'STORE_FAILED', data: { cause: 'disk-full' } };
    await expect(core.application.addPage(page)).rejects.toMatchObject(full);
    // The write-ahead log may have a little room inside what it already occupies: not enough for a case.
    await expect(core.application.submit()).rejects.toMatchObject(full);
    expect((await core.system.status()).waiting).toBe(0);
    expect(await core.application.review()).toMatchObject({ missing: [], signed: true });

    rmSync(ballast);
    const answer = await core.application.submit();
    expect(answer.provisionalNumber).toMatch(/-0001-/);
    expect((await core.system.status()).waiting).toBe(2);
    await core.session.end({ cause: 'finished' });
    expect(bench.bugs).toEqual([]);
    bench.stop();
  });

  it('ends a visit although its wipe record cannot be written', async () => {
    const bench = await startCore({ clock: new ManualClock(), folder });
    await applyForAllowance(bench);
    const ballast = join(folder, 'ballast');
    expect(() => writeFileSync(ballast, Buffer.alloc(4_000_000))).toThrow('ENOSPC');
    await bench.core.session.end({ cause: 'idle' });
    await expect(bench.core.application.view()).rejects.toMatchObject({ code: 'SESSION_NEEDED' });
    expect(bench.bugs).toEqual([]);
    bench.stop();
  });

  it('says so at start when the disk is read-only', async () => {
    const first = await startCore({ clock: new ManualClock(), folder });
    first.stop();
    execFileSync('/bin/mount', ['-o', 'remount,ro', folder]);
    expect(openStore({ path: join(folder, 'data', 'kiosk.db'), now: () => new Date() })).toMatchObject({
      ok: false,
      reason: 'store-failed',
      detail: expect.stringMatching(/read-only|input-output/),
    });
  });
});
