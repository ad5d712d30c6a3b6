import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder, ManualClock, removeFolder, startCore } from '../../../test/fixtures/core-bench.ts';
import { STAFF_LOCK_MS, STAFF_WRONG_TRIES } from '../limits.ts';

/** The sample member of staff of the bench's configuration. */
const zhou = { number: '100001', pin: '246810' };
const sun = { number: '200001', pin: '135790' };
const wrong = { ...zhou, pin: '000000' };

let folder: string;
let clock: ManualClock;
beforeEach(() => {
  folder = makeFolder();
  clock = new ManualClock();
});
afterEach(() => removeFolder(folder));

async function start() {
  const bench = await startCore({ clock, folder });
  return { ...bench, stop: () => bench.stop() };
}
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'answered',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  );

function recorded(dataDir: string): string[] {
  const database = new Sqlite(join(dataDir, 'kiosk.db'), { readonly: true });
  const rows = database
    .prepare<[], Record<string, string | null>>('SELECT staff, action, subject, detail FROM staff_action ORDER BY id')
    .all();
  database.close();
  return rows.map(({ staff, action, subject, detail }) =>
    [staff, action, subject, detail].filter((word) => word !== null).join(' '),
  );
}

describe('a member of staff', () => {
  it('signs in with number and PIN, and what they do is on the record', async () => {
    const { core, devices, dataDir, stop } = await start();
    expect(await codeOf(core.staff.signIn(wrong))).toBe('REFUSED');
    expect(await core.staff.signIn(zhou)).toEqual({ number: '100001', name: '周试样', role: 'hall-staff' });
    const lists = await core.staff.watchDevices();
    expect((await lists.next()).value).toMatchObject([{ id: 'reader' }, { id: 'printer' }, { id: 'pad' }]);
    await core.staff.closeDevice({ id: 'printer', reason: 'staff-supplies' });
    expect([...devices.closed]).toEqual([['printer', 'staff-supplies']]);
    await core.staff.openDevice({ id: 'printer' });
    expect(devices.closed.size).toBe(0);
    expect(await codeOf(core.staff.openDevice({ id: 'lamp' }))).toBe('UNKNOWN_DEVICE');
    await core.staff.signOut({ cause: 'asked' });
    expect((await lists.next()).done).toBe(true);
    expect(await codeOf(core.staff.closeDevice({ id: 'printer', reason: 'staff-other' }))).toBe('SIGN_IN_NEEDED');
    expect(await codeOf(core.staff.watchDevices())).toBe('SIGN_IN_NEEDED');
    expect(recorded(dataDir)).toEqual([
      '100001 sign-in-refused',
      '100001 signed-in hall-staff',
      '100001 page-opened devices',
      '100001 device-closed printer staff-supplies',
      '100001 device-opened printer',
      '100001 signed-out asked',
    ]);
    stop();
  });

  it('is locked out after five wrong PINs, whoever else is not, over a restart, for a quarter of an hour', async () => {
    const first = await start();
    // All at once: none slips past the lock.
    const tries = await Promise.all(
      Array.from({ length: STAFF_WRONG_TRIES + 2 }, () => codeOf(first.core.staff.signIn(wrong))),
    );
    expect(tries).toEqual([
      ...Array.from({ length: STAFF_WRONG_TRIES - 1 }, () => 'REFUSED'),
      'LOCKED',
      'LOCKED',
      'LOCKED',
    ]);
    expect((await first.core.staff.signIn(sun)).name).toBe('孙样本');
    await first.core.staff.signOut({ cause: 'asked' });
    first.stop();

    const { core, stop } = await start();
    await expect(core.staff.signIn(zhou)).rejects.toMatchObject({ code: 'LOCKED', data: { minutes: 15 } });
    clock.advance(STAFF_LOCK_MS);
    // One more wrong PIN locks again; the right one forgets them all.
    expect(await codeOf(core.staff.signIn(wrong))).toBe('LOCKED');
    clock.advance(STAFF_LOCK_MS);
    expect(await codeOf(core.staff.signIn(zhou))).toBe('answered');
    expect(await codeOf(core.staff.signIn(wrong))).toBe('REFUSED');
    stop();
  });

  it('whose number nobody has is refused in the same way, and what was typed is not kept', async () => {
    const { core, dataDir, stop } = await start();
    expect(await codeOf(core.staff.signIn({ number: '138000', pin: '246810' }))).toBe('REFUSED');
    expect(recorded(dataDir)).toEqual(['unknown sign-in-refused']);
    stop();
  });

  it('and a citizen are never at the kiosk at the same time', async () => {
    const { core, stop } = await start();
    await core.session.start({ locale: 'zh-CN' });
    expect(await codeOf(core.staff.signIn(zhou))).toBe('VISIT_OPEN');
    await core.session.end({ cause: 'left' });
    await core.staff.signIn(zhou);
    expect(await codeOf(core.session.start({ locale: 'zh-CN' }))).toBe('STAFF_PRESENT');
    await core.staff.signOut({ cause: 'idle' });
    expect(await codeOf(core.session.start({ locale: 'zh-CN' }))).toBe('answered');
    stop();
  });

  it('is signed out when the page is gone, and by the next start when the kiosk broke off', async () => {
    const first = await start();
    await first.core.staff.signIn(zhou);
    first.room.pageGone();
    expect(await codeOf(first.core.staff.openDevice({ id: 'printer' }))).toBe('SIGN_IN_NEEDED');
    await first.core.staff.signIn(zhou);
    // Without a word, as when the power goes.
    first.room.service?.close();
    const second = await start();
    expect(recorded(second.dataDir).slice(-3)).toEqual([
      '100001 signed-out page-gone',
      '100001 signed-in hall-staff',
      '100001 signed-out crash',
    ]);
    second.stop();
  });
});

it('the record of staff actions can be added to and nothing else', async () => {
  const { core, dataDir, stop } = await start();
  await core.staff.signIn(zhou);
  stop();
  const database = new Sqlite(join(dataDir, 'kiosk.db'));
  expect(() => database.exec(`UPDATE staff_action SET staff = '200001'`)).toThrow('append-only');
  expect(() => database.exec('DELETE FROM staff_action')).toThrow('append-only');
  expect(() => database.exec(`INSERT INTO staff_action (at, staff, action) VALUES ('', '', 'guessed')`)).toThrow(
    'CHECK',
  );
  database.close();
});
