import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../src/contract/clock.ts';
import { adapters } from '../fixtures/adapters.ts';
import { applyForAllowance, benchKey } from '../fixtures/core-bench.ts';
import { type Hall, openHall } from '../fixtures/hall.ts';
import { samplePerson } from '../fixtures/sample-item.ts';

const tool = resolve(import.meta.dirname, '../../scripts/backup.ts');
const PASSPHRASE = 'blue tortoise over nine bridges';
const CASES = 3;

describe.each(adapters)('core over $name, sealed by the $cryptography profile', (adapter) => {
  const { cryptography } = adapter;
  let hall: Hall;
  let backup: string;
  beforeEach(async () => {
    hall = await openHall(adapter, systemClock);
    backup = join(hall.folder, 'backup');
  });
  afterEach(() => hall.close());

  async function run(command: 'to' | 'restore', dataDir: string, passphrase = PASSPHRASE) {
    const env = { ...process.env, KIOSK_BACKUP_PASSPHRASE: passphrase };
    const { stdout } = await promisify(execFile)(process.execPath, [tool, command, backup, dataDir], { env });
    return /queue ([0-9a-f]{64})/.exec(stdout)?.[1];
  }

  /** A kiosk that could not send anything, still running. */
  async function fullKiosk() {
    await hall.platform.setFault({ kind: 'down' });
    const bench = await hall.start({ config: { cryptography } });
    writeFileSync(join(bench.dataDir, 'device.key'), benchKey, { mode: 0o600 });
    const numbers: string[] = [];
    for (let n = 0; n < CASES; n += 1) {
      await applyForAllowance(bench);
      numbers.push((await bench.core.application.submit()).provisionalNumber);
      await bench.core.rating.submit({ level: 'satisfied', channel: 'page' });
      await bench.core.session.end({ cause: 'finished' });
    }
    return { bench, numbers };
  }

  describe('a backup', () => {
    it('[M-19] [S-20] of a running kiosk, restored to a clean machine, has the same queue hash and is sent from there', async () => {
      const { bench, numbers } = await fullKiosk();
      const saved = await run('to', bench.dataDir);
      expect(saved).toBeDefined();
      bench.stop();
      const clean = hall.folderOf('clean');
      expect(await run('restore', join(clean, 'data'))).toBe(saved);
      const deviceKey = readFileSync(join(clean, 'data', 'device.key'));
      await hall.platform.setFault({ kind: 'none' });
      const next = await hall.start({ folder: clean, deviceKey });
      expect(next.log.count('core.store-set-aside')).toBe(0);
      await next.log.until('core.delivered', 3 * CASES);
      await applyForAllowance(next);
      // Behind a gap: numbers that were given after the backup are on paper.
      expect((await next.core.application.submit()).provisionalNumber).not.toMatch(/-000[1-9]-/);
      next.stop();
      const { cases, scans } = await hall.platform.received();
      expect(cases.map(({ provisionalNumber }) => provisionalNumber)).toEqual(expect.arrayContaining(numbers));
      expect(scans.length).toBeGreaterThanOrEqual(CASES);
    });

    it('shows nothing of a person, and no key', async () => {
      const { bench } = await fullKiosk();
      bench.stop();
      await run('to', bench.dataDir);
      const files = readdirSync(backup, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      expect(files).toHaveLength(2 + CASES);
      const manifest = z.object({ contents: z.object({ deviceKey: z.object({ cipher: z.string().optional() }) }) });
      const written: unknown = JSON.parse(readFileSync(join(backup, 'manifest.json'), 'utf8'));
      const wrappedBy = manifest.parse(written).contents.deviceKey.cipher;
      expect(wrappedBy).toBe(cryptography === 'national' ? 'sm4-gcm' : undefined);
      const bytes = Buffer.concat(files.map((entry) => readFileSync(join(entry.parentPath, entry.name))));
      for (const secret of [samplePerson.name, samplePerson.idNumber, '13800001234', '户口簿 欧阳', benchKey])
        expect(bytes.includes(secret)).toBe(false);
    });

    it('is refused by name, and the machine left clean, when anything of it is not as it was written', async () => {
      const { bench } = await fullKiosk();
      bench.stop();
      await run('to', bench.dataDir);
      const target = join(hall.folder, 'target');
      const refusal = (reason: string) => ({ code: 1, stderr: expect.stringContaining(reason) });
      await expect(run('restore', target, 'another passphrase')).rejects.toMatchObject(refusal('wrong-passphrase'));
      await expect(run('restore', bench.dataDir)).rejects.toMatchObject(refusal('not-clean'));
      await expect(run('to', bench.dataDir)).rejects.toMatchObject(refusal('folder-not-empty'));

      const [scan = ''] = readdirSync(join(backup, 'scans'));
      const path = join(backup, 'scans', scan);
      const page = readFileSync(path);
      writeFileSync(path, Buffer.concat([page, Buffer.of(0)]));
      await expect(run('restore', target)).rejects.toMatchObject(refusal(`changed: scans/${scan}`));
      renameSync(path, `${path}.away`);
      await expect(run('restore', target)).rejects.toMatchObject(refusal('changed'));
      writeFileSync(path, page);

      const manifest = join(backup, 'manifest.json');
      const text = readFileSync(manifest, 'utf8');
      writeFileSync(manifest, text.replace(/"madeAt": "\d/, '"madeAt": "9'));
      await expect(run('restore', target)).rejects.toMatchObject(refusal('changed'));
      writeFileSync(manifest, '{}');
      await expect(run('restore', target)).rejects.toMatchObject(refusal('not-a-backup'));
      expect([target, `${target}.restoring`].filter((left) => existsSync(left))).toEqual([]);
      writeFileSync(manifest, text);
      expect(await run('restore', target)).toBeDefined();
    });
  });
});
