import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  applyForAllowance,
  benchKey,
  makeFolder,
  ManualClock,
  removeFolder,
  startCore,
} from '../fixtures/core-bench.ts';
import { ciphersOf, cryptographyProfiles } from '../fixtures/cryptography-profiles.ts';
import { destroyTable } from '../fixtures/destroy-table.ts';
import { systemClock } from '../../src/contract/clock.ts';
import { createPlatform } from '../../src/platform/server.ts';
import { PageFiles } from '../../src/core/case/page-files.ts';
import type { OutboxRow } from '../../src/core/outbox/outbox.ts';
import { readRecord } from '../../src/core/sync/outgoing.ts';
import type { Cryptography } from '../../src/core/store/cryptography.ts';
import { KeyRing } from '../../src/core/store/key-ring.ts';

const tool = resolve(import.meta.dirname, '../../scripts/keys.ts');
const AES = 2;
const SM4 = 3;

let folder: string;
let dataDir: string;
beforeEach(() => {
  folder = makeFolder();
  dataDir = join(folder, 'data');
});
afterEach(() => removeFolder(folder));

/** Hands in one case, its page and its rating. */
async function handIn(cryptography: Cryptography | undefined): Promise<void> {
  const bench = await startCore({
    clock: new ManualClock(),
    folder,
    ...(cryptography && { config: { cryptography } }),
  });
  await applyForAllowance(bench);
  await bench.core.application.submit();
  await bench.core.rating.submit({ level: 'satisfied', channel: 'page' });
  await bench.core.session.end({ cause: 'finished' });
  bench.stop();
}

function inStore<T>(ask: (store: InstanceType<typeof Sqlite>) => T): T {
  const store = new Sqlite(join(dataDir, 'kiosk.db'));
  try {
    return ask(store);
  } finally {
    store.close();
  }
}

/** How often each version occurs among what is sealed, rows and pages. */
function versions(): Record<number, number> {
  const rows = inStore((store) =>
    store.prepare<[], Buffer>('SELECT payload FROM outbox WHERE payload IS NOT NULL').pluck().all(),
  );
  const scans = readdirSync(join(dataDir, 'scans')).map((name) => readFileSync(join(dataDir, 'scans', name)));
  const counts: Record<number, number> = {};
  for (const [version = 0] of [...rows, ...scans]) counts[version] = (counts[version] ?? 0) + 1;
  return counts;
}

/** Starts the kiosk with a platform and lets it send; what arrived there. */
async function sendAll(cryptography: Cryptography, records: number) {
  const platform = await createPlatform({ clock: systemClock, log: () => undefined });
  const bench = await startCore({
    clock: new ManualClock(),
    folder,
    platformUrl: platform.url,
    deviceKey: readdirSync(dataDir).includes('device.key') ? readFileSync(join(dataDir, 'device.key')) : benchKey,
    config: { cryptography },
  });
  try {
    await bench.log.until('core.delivered', records);
    return await platform.received();
  } finally {
    bench.stop();
    await platform.close();
  }
}

describe('the profile that the configuration names', () => {
  it('is the international one unless said, and leaves no trace of another', async () => {
    await handIn(undefined);
    expect(versions()).toEqual({ [AES]: 4 });
    expect(inStore((store) => store.prepare(`SELECT 1 FROM audit WHERE what = 'cryptography-changed'`).get())).toBe(
      undefined,
    );
  });

  it.each([
    ['international', 'national', { [AES]: 4, [SM4]: 4 }],
    ['national', 'international', { [AES]: 4, [SM4]: 4 }],
  ] as const)(
    'seals from the next start on; what is sealed by the %s one is sent under the %s one',
    async (before, after, both) => {
      await handIn(before);
      expect(versions()).toEqual({ [before === 'national' ? SM4 : AES]: 4 });
      await handIn(after);
      expect(versions()).toEqual(both);
      const { cases, scans, ratings } = await sendAll(after, 6);
      expect([cases.length, scans.length, ratings.length]).toEqual([2, 2, 2]);
    },
  );

  it('is audited when it changes and only then', async () => {
    for (const profile of ['national', 'national', 'international', undefined, 'national'] as const)
      await handIn(profile);
    const rows = inStore((store) =>
      store.prepare(`SELECT target FROM audit WHERE what = 'cryptography-changed' ORDER BY sequence`).pluck().all(),
    );
    expect(rows).toEqual(['national', 'international', 'national']);
  });

  it('takes over everything with a new device key', async () => {
    await handIn('international');
    await handIn('national');
    writeFileSync(join(dataDir, 'device.key'), benchKey, { mode: 0o600 });
    const rotated = await promisify(execFile)(process.execPath, [tool, 'rotate', dataDir]);
    expect(rotated.stdout).toMatch(/^8 records .* 0 could not be read/);
    expect(versions()).toEqual({ [SM4]: 8 });
    const { cases, scans } = await sendAll('national', 6);
    expect([cases.length, scans.length]).toEqual([2, 2]);
  });
});

/** What of the store can be opened: rows of the outbox and pages, by id. */
function openable(cryptography: Cryptography, deviceKey: Buffer): string[] {
  const keys = new KeyRing(deviceKey, undefined, randomBytes, ciphersOf[cryptography]);
  const pages = new PageFiles(join(dataDir, 'scans'), keys);
  const rows = inStore((store) =>
    store.prepare<[], Pick<OutboxRow, 'id' | 'step' | 'payload'>>('SELECT id, step, payload FROM outbox').all(),
  );
  const readable = rows
    .filter((row) => readRecord(row, keys.sealFor('outbox')).ok)
    .map(({ step, id }) => `${step} ${id}`);
  const opened = rows.filter(({ step, id }) => step === 'scan' && pages.read(id).ok).map(({ id }) => `page ${id}`);
  return [...readable, ...opened];
}

describe('what SM4 sealed', () => {
  it('is readable under the international profile also when the store lost the note of its profile', async () => {
    await handIn('national');
    destroyTable(join(dataDir, 'kiosk.db'), 'notice');
    // The start that carries over what can be read, and the one after it.
    for (const begun of [1, 2]) {
      await handIn('international');
      expect(versions(), `start ${begun}`).toEqual({ [SM4]: 4, [AES]: 4 * begun });
    }
    const { cases, scans, ratings } = await sendAll('international', 9);
    expect([cases.length, scans.length, ratings.length]).toEqual([3, 3, 3]);
  });

  it('is sealed anew when a rotation goes on after the profile was changed in the middle of it', async () => {
    await handIn('national');
    const before = readdirSync(join(dataDir, 'scans'));
    const keys = new KeyRing(benchKey, undefined, randomBytes, ciphersOf.international);
    const pages = new PageFiles(join(dataDir, 'scans'), keys);
    expect([...pages.rewrapAll()]).toEqual([true]);
    expect(versions()).toEqual({ [SM4]: 3, [AES]: 1 });
    expect(readdirSync(join(dataDir, 'scans'))).toEqual(before);
    expect(openable('international', benchKey)).toHaveLength(4);
  });
});

describe.each(cryptographyProfiles)('a store sealed by the %s profile', (profile) => {
  it.each(cryptographyProfiles)(
    'is refused under the %s one with another device key or its rows swapped',
    async (later) => {
      await handIn(profile);
      await handIn(profile);
      expect(openable(later, benchKey)).toHaveLength(8);
      expect(openable(later, Buffer.alloc(32, 9))).toEqual([]);

      inStore((store) => {
        for (const step of ['case', 'scan', 'rating']) {
          const [one, two] = store
            .prepare<[string], { id: string; payload: Buffer }>('SELECT id, payload FROM outbox WHERE step = ?')
            .all(step);
          if (!one || !two) throw new Error(`no two rows of ${step}`);
          const put = store.prepare<[Buffer, string]>('UPDATE outbox SET payload = ? WHERE id = ?');
          put.run(two.payload, one.id);
          put.run(one.payload, two.id);
        }
      });
      const [one = '', two = ''] = readdirSync(join(dataDir, 'scans')).map((name) => join(dataDir, 'scans', name));
      const swapped = [readFileSync(two), readFileSync(one)] as const;
      writeFileSync(one, swapped[0]);
      writeFileSync(two, swapped[1]);
      expect(openable(later, benchKey)).toEqual([]);
    },
  );
});
