import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyForAllowance, ManualClock, removeFolder, startCore } from '../../../test/fixtures/core-bench.ts';
import { samplePerson } from '../../../test/fixtures/sample-item.ts';

type Bench = Awaited<ReturnType<typeof startCore>>;
let bench: Bench;
beforeEach(async () => {
  bench = await startCore({ clock: new ManualClock() });
});
afterEach(() => {
  bench.stop();
  removeFolder(bench.folder);
});

const phone = '13800009876';
const personal = [
  samplePerson.name,
  samplePerson.idNumber,
  phone,
  samplePerson.address ?? '',
  '户口簿 欧阳',
  'very-dissatisfied',
];

function filesOf(top: string): string[] {
  return readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function expectNothingOf(words: readonly string[], { folder }: Bench): void {
  for (const file of filesOf(folder)) {
    const bytes = readFileSync(file);
    for (const word of words) {
      for (const form of [
        Buffer.from(word),
        Buffer.from(word, 'utf16le'),
        Buffer.from(Buffer.from(word).toString('base64').replace(/=+$/, '')),
      ]) {
        expect(bytes.includes(form), `${file} has ${word}`).toBe(false);
      }
      expect(file).not.toContain(word);
    }
  }
}

const wipes = ({ dataDir }: Bench) => {
  const database = new Sqlite(join(dataDir, 'kiosk.db'), { readonly: true });
  const rows = database.prepare('SELECT at, cause FROM wipe').all();
  database.close();
  return rows;
};

describe('the end of a visit', () => {
  it('leaves nothing of a person who did not hand in, and writes a wipe record', async () => {
    const { core } = bench;
    await applyForAllowance(bench, phone);
    expect(readdirSync(join(bench.dataDir, 'scans'))).toHaveLength(1);
    await core.session.end({ cause: 'left' });
    expect(readdirSync(join(bench.dataDir, 'scans'))).toEqual([]);
    await expect(core.application.view()).rejects.toMatchObject({ code: 'SESSION_NEEDED' });
    expect(wipes(bench)).toEqual([{ at: '2026-11-22T09:30:00+08:00', cause: 'left' }]);
    expectNothingOf(personal, bench);
    await core.session.start({ locale: 'zh-CN' });
    await core.session.consent();
    await expect(core.application.view()).rejects.toMatchObject({ code: 'WRONG_STEP' });
  });

  it('keeps a case that was handed in, sealed only, also in the files of the database', async () => {
    const { core } = bench;
    await applyForAllowance(bench, phone);
    await core.application.submit();
    await core.rating.submit({ level: 'very-dissatisfied', channel: 'page' });
    await core.session.end({ cause: 'finished' });
    expect(readdirSync(join(bench.dataDir, 'scans'))).toHaveLength(1);
    expect((await core.system.status()).waiting).toBe(3);
    expectNothingOf(personal, bench);
    expect(JSON.stringify(bench.log.events)).not.toMatch(new RegExp(personal.join('|')));
  });

  it('leaves the devices: their streams end and their buffers are reset', async () => {
    const { core, devices } = bench;
    await core.session.start({ locale: 'zh-CN' });
    await core.session.consent();
    const events = await core.session.watchCard();
    expect(await events.next()).toMatchObject({ value: { kind: 'waiting' } });
    const next = events.next();
    await core.session.end({ cause: 'idle' });
    expect(await next).toMatchObject({ done: true });
    expect(devices.left).toBe(1);
  });

  it('can be repeated and also comes when the next visit starts or the page is gone', async () => {
    const { core, room } = bench;
    await core.session.end({ cause: 'idle' });
    await core.session.start({ locale: 'zh-CN' });
    await core.session.start({ locale: 'en' });
    room.pageGone();
    await core.session.end({ cause: 'finished' });
    expect(wipes(bench)).toMatchObject([{ cause: 'left' }, { cause: 'fault' }]);
  });

  it('is made up for at the next start when the process was killed in the middle', async () => {
    await applyForAllowance(bench, phone);
    expect(wipes(bench)).toMatchObject([{ cause: 'open' }]);
    // The same data under a second core, as after a kill: the first one never gets to its end.
    const next = await startCore({ clock: new ManualClock(), folder: bench.folder });
    expect(wipes(next)).toMatchObject([{ cause: 'crash' }]);
    expect(next.log.count('core.visit-ended', { cause: 'crash' })).toBe(1);
    expect(readdirSync(join(next.dataDir, 'scans'))).toEqual([]);
    next.stop();
  });

  it('drops the application of the first card when a second one is read', async () => {
    const { core, devices } = bench;
    await applyForAllowance(bench, phone);
    devices.layCard({ ...samplePerson, name: '试样甲', idNumber: '990101195003070024' });
    for await (const event of await core.session.watchCard()) expect(event.kind).not.toBe('failed');
    await expect(core.application.view()).rejects.toMatchObject({ code: 'WRONG_STEP' });
    expect(readdirSync(join(bench.dataDir, 'scans'))).toEqual([]);
  });
});
