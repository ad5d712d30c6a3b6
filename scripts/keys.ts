// `npm run keys -- rotate DATA-FOLDER`: gives a stopped kiosk a new device key and brings everything at rest under it. Broken
// off at any point it is run again, or the kiosk is started, which goes on with it. For a key in the system's key store, which
// only the kiosk itself can read, the kiosk is started with --rotate-key.

import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { openIdleStore } from './kiosk-data/idle-store.ts';
import { AuditTrail } from '../src/core/audit/audit-trail.ts';
import { PageFiles } from '../src/core/case/page-files.ts';
import { ciphersFor, lastCryptography } from '../src/core/store/cryptography.ts';
import { KeyRing } from '../src/core/store/key-ring.ts';
import { rotateKeys } from '../src/core/store/rotate-keys.ts';
import { createTransact } from '../src/core/store/transact.ts';
import { KeyFiles, plainForm } from '../src/main/key-files.ts';

const USAGE = 2;

process.exitCode = await main(process.argv.slice(2));

async function main([command, dataDir]: readonly string[]): Promise<number> {
  if (command !== 'rotate' || dataDir === undefined) {
    console.error('Usage: npm run keys -- rotate DATA-FOLDER');
    return USAGE;
  }
  const keyPath = join(dataDir, 'device.key');
  if (!existsSync(keyPath)) {
    console.error(
      `No ${keyPath}: a key in the key store of the system is rotated by the kiosk, started with --rotate-key.`,
    );
    return USAGE;
  }
  const database = openIdleStore(dataDir);
  if (!database.ok) {
    console.error(database.detail);
    return 1;
  }
  try {
    const files = new KeyFiles(keyPath, plainForm);
    await files.begin();
    const { key, former } = await files.load();
    // By the profile that the kiosk started with last.
    const ciphers = await ciphersFor(database.value, lastCryptography(database.value));
    const keys = new KeyRing(key, former, randomBytes, ciphers);
    const rotated = await rotateKeys({
      database: database.value,
      transact: createTransact(database.value),
      pages: new PageFiles(join(dataDir, 'scans'), keys),
      keys,
      audit: new AuditTrail(database.value, () => new Date()),
    });
    if (!rotated.ok) {
      console.error(`Not finished, and nothing is lost: ${rotated.reason}. Run it again.`);
      return 1;
    }
    await files.settle();
    console.log(
      `${rotated.value.rewrapped} records are under the new key, ${rotated.value.unreadable} could not be read.`,
    );
    return 0;
  } finally {
    database.value.close();
  }
}
