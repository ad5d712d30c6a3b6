import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ciphersOf, cryptographyProfiles } from '../../../test/fixtures/cryptography-profiles.ts';
import {
  applyForAllowance,
  benchKey,
  makeFolder,
  ManualClock,
  removeFolder,
  startCore,
} from '../../../test/fixtures/core-bench.ts';
import { AuditTrail } from '../audit/audit-trail.ts';
import { PageFiles } from '../case/page-files.ts';
import { IncomingChanges } from '../down-link/incoming-changes.ts';
import type { OutboxRow } from '../outbox/outbox.ts';
import { RemoteConfigs } from '../remote-config/remote-configs.ts';
import { readRecord } from '../sync/outgoing.ts';
import { KeyRing } from './key-ring.ts';
import { openStore } from './open-store.ts';
import { rotateKeys } from './rotate-keys.ts';
import { createTransact } from './transact.ts';

const tool = resolve(import.meta.dirname, '../../../scripts/keys.ts');
const nextKey = Buffer.alloc(32, 9);
const CASES = 3;
/** Case, page and rating of each. */
const RECORDS = 3 * CASES;

let folder: string;
let dataDir: string;
let cryptography: (typeof cryptographyProfiles)[number];
beforeEach(() => {
  folder = makeFolder();
  dataDir = join(folder, 'data');
});
afterEach(() => removeFolder(folder));

const start = (deviceKey: Buffer, formerDeviceKey?: Buffer) =>
  startCore({
    clock: new ManualClock(),
    folder,
    deviceKey,
    ...(formerDeviceKey && { formerDeviceKey }),
    config: { cryptography },
  });

async function handInSome(): Promise<void> {
  const bench = await start(benchKey);
  for (let n = 0; n < CASES; n += 1) {
    await applyForAllowance(bench);
    await bench.core.application.submit();
    await bench.core.rating.submit({ level: 'satisfied', channel: 'page' });
    await bench.core.session.end({ cause: 'finished' });
  }
  bench.stop();
}

function openParts(current: Buffer, former?: Buffer) {
  const opened = openStore({ path: join(dataDir, 'kiosk.db'), now: () => new Date() });
  if (!opened.ok) throw new Error(opened.reason);
  const { database } = opened.value;
  const keys = new KeyRing(current, former, randomBytes, ciphersOf[cryptography]);
  const audit = new AuditTrail(database, () => new Date());
  return {
    database,
    keys,
    audit,
    pages: new PageFiles(join(dataDir, 'scans'), keys),
    transact: createTransact(database),
  };
}

/** How many records of the outbox could be sent, with their pages. */
function readable(current: Buffer, former?: Buffer): number {
  const { database, keys, pages } = openParts(current, former);
  const rows = database
    .prepare<[], Pick<OutboxRow, 'id' | 'step' | 'payload'>>('SELECT id, step, payload FROM outbox')
    .all();
  database.close();
  return rows.filter(
    (row) => readRecord(row, keys.sealFor('outbox')).ok && (row.step !== 'scan' || pages.read(row.id).ok),
  ).length;
}

class PowerCut extends Error {}

/** A rotation that is cut off after so many steps; false when it came to its end before. */
async function rotateUntil(step: number): Promise<boolean> {
  const parts = openParts(nextKey, benchKey);
  let steps = 0;
  const tick = () => {
    if (steps === step) throw new PowerCut();
    steps += 1;
  };
  try {
    await rotateKeys({
      ...parts,
      transact: (write) => {
        tick();
        return parts.transact(write);
      },
      pages: {
        *rewrapAll() {
          for (const one of parts.pages.rewrapAll()) {
            tick();
            yield one;
          }
        },
      },
    });
    return false;
  } catch (error) {
    if (!(error instanceof PowerCut)) throw error;
    return true;
  } finally {
    parts.database.close();
  }
}

describe.each(cryptographyProfiles)('the rotation of the device key in the %s profile', (profile) => {
  beforeEach(() => {
    cryptography = profile;
  });

  it('brings everything under the new key at the next start, and says that the former one is of no more use', async () => {
    await handInSome();
    const names = readdirSync(join(dataDir, 'scans'));
    const rotated = await start(nextKey, benchKey);
    expect(rotated.formerKeyUnused).toBe(true);
    expect(rotated.log.count('core.key-rotated', { rewrapped: RECORDS + CASES, unreadable: 0 })).toBe(1);
    expect(rotated.room.service?.audit.last('key-rotated')).toMatchObject({ outcome: '12-rewrapped-0-unreadable' });
    rotated.stop();
    expect(readable(nextKey)).toBe(RECORDS);
    expect(readable(benchKey)).toBe(0);
    const newNames = readdirSync(join(dataDir, 'scans'));
    expect(newNames).toHaveLength(CASES);
    expect(newNames.filter((name) => names.includes(name))).toEqual([]);
  });

  it('takes along what came from the platform', async () => {
    await handInSome();
    const { database, keys } = openParts(benchKey);
    const change = {
      id: '019ab4c0-5a00-7000-8000-0000000000c1',
      kind: 'case-state',
      at: '2026-11-22T01:00:00Z',
      content: { caseId: '019ab4c0-5a00-7000-8000-0000000000c2', stage: 'decided' },
    };
    new IncomingChanges(database, keys.sealFor('incoming_change')).add(change, new Date());
    new RemoteConfigs(database, keys.sealFor('remote_config')).add(10, change.at, { signed: true });
    database.close();
    const rotated = await start(nextKey, benchKey);
    expect(rotated.log.count('core.key-rotated', { rewrapped: RECORDS + CASES + 2, unreadable: 0 })).toBe(1);
    rotated.stop();
    const after = openParts(nextKey);
    const incoming = new IncomingChanges(after.database, after.keys.sealFor('incoming_change'));
    expect(incoming.about(change.content.caseId)).toEqual([{ kind: change.kind, content: change.content }]);
    const configs = new RemoteConfigs(after.database, after.keys.sealFor('remote_config'));
    expect(configs.signed(10)).toEqual({ signed: true });
    after.database.close();
  });

  it('may be cut off at each of its steps: the two keys always open everything, and the next try goes on', async () => {
    await handInSome();
    let step = 0;
    while (await rotateUntil(step)) {
      expect(readable(nextKey, benchKey), `after step ${step}`).toBe(RECORDS);
      step += 1;
    }
    // The records at once, each page, the audit.
    expect(step).toBeGreaterThan(CASES);
    expect(readable(nextKey)).toBe(RECORDS);
  });

  it('takes pages over whose row is lost, and those of the first version', async () => {
    await handInSome();
    const scans = join(dataDir, 'scans');
    const { database, pages, keys } = openParts(benchKey);
    const [lost = '', old = ''] = database
      .prepare<[], string>(`SELECT id FROM outbox WHERE step = 'scan'`)
      .pluck()
      .all();
    database.close();
    const sealed = pages.sealedPage(old);
    if (!sealed) throw new Error('no page');
    pages.remove(old);
    writeFileSync(join(scans, old), sealed);
    const wanted = pages.read(lost);
    expect(pages.read(old)).toMatchObject({ ok: true });
    pages.setAside(() => [old], 'damaged');
    const both = new PageFiles(scans, new KeyRing(nextKey, benchKey, randomBytes, ciphersOf[cryptography]));
    expect([...both.rewrapAll()]).toEqual([true, true, true]);
    const after = new KeyRing(nextKey, undefined, randomBytes, ciphersOf[cryptography]);
    expect(new PageFiles(scans, after).read(old)).toMatchObject({ ok: true });
    expect(new PageFiles(join(scans, 'damaged'), after).read(lost)).toEqual(wanted);
    expect(keys.fileNames(old)).not.toContain(new PageFiles(scans, after).fileOf(old));
  });
});

describe.each(cryptographyProfiles)('npm run keys -- rotate in the %s profile', (profile) => {
  beforeEach(() => {
    cryptography = profile;
  });

  const rotate = () => promisify(execFile)(process.execPath, [tool, 'rotate', dataDir]);
  const keyFile = () => readFileSync(join(dataDir, 'device.key'));

  it('survives being killed at any moment and ends when it is run again', async () => {
    await handInSome();
    writeFileSync(join(dataDir, 'device.key'), benchKey, { mode: 0o600 });
    for (const life of [250, 300, 350, 400]) {
      const child = spawn(process.execPath, [tool, 'rotate', dataDir], { stdio: 'ignore' });
      const killer = setTimeout(() => child.kill('SIGKILL'), life);
      await once(child, 'exit');
      clearTimeout(killer);
      const next = readdirSync(dataDir).includes('device.key.next') ? join(dataDir, 'device.key.next') : undefined;
      const opened = next === undefined ? readable(keyFile()) : readable(readFileSync(next), keyFile());
      expect(opened, `after ${life} ms`).toBe(RECORDS);
    }
    expect((await rotate()).stdout).toMatch(/ 0 could not be read/);
    expect(readable(keyFile())).toBe(RECORDS);
    expect(keyFile().equals(benchKey)).toBe(false);
    expect(readdirSync(dataDir)).not.toContain('device.key.next');
  });

  it('leaves a running kiosk alone', async () => {
    const bench = await start(benchKey);
    writeFileSync(join(dataDir, 'device.key'), benchKey, { mode: 0o600 });
    await expect(rotate()).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('stop it first') });
    expect(keyFile().equals(benchKey)).toBe(true);
    bench.stop();
  });
});
