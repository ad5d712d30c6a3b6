// `npm run backup -- to FOLDER DATA-FOLDER` writes a sealed export of a kiosk, which may be running; `npm run backup -- restore
// FOLDER DATA-FOLDER` makes the data folder of a clean machine from it. The passphrase comes in KIOSK_BACKUP_PASSPHRASE, since
// arguments can be read by everybody on the machine.

import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { makeBackup } from '../src/core/backup/make-backup.ts';
import { restoreBackup } from '../src/core/backup/restore-backup.ts';
import { aesGcm } from '../src/core/store/aes-gcm.ts';
import { ciphersFor, lastCryptography } from '../src/core/store/cryptography.ts';
import { openStore } from '../src/core/store/open-store.ts';
import { sm4Gcm } from '../src/core/store/sm4-gcm.ts';
import { KeyFiles, plainForm } from '../src/main/key-files.ts';

const USAGE = 2;
const SHORTEST_PASSPHRASE = 12;
const now = () => new Date();

process.exitCode = await main(process.argv.slice(2), process.env['KIOSK_BACKUP_PASSPHRASE'] ?? '');

async function main([command, folder, dataDir]: readonly string[], passphrase: string): Promise<number> {
  if ((command !== 'to' && command !== 'restore') || folder === undefined || dataDir === undefined) {
    console.error('Usage: npm run backup -- to|restore BACKUP-FOLDER DATA-FOLDER');
    return USAGE;
  }
  if (passphrase.length < SHORTEST_PASSPHRASE) {
    console.error(`KIOSK_BACKUP_PASSPHRASE must have at least ${SHORTEST_PASSPHRASE} characters.`);
    return USAGE;
  }
  return command === 'to' ? backUp(folder, dataDir, passphrase) : restore(folder, dataDir, passphrase);
}

async function backUp(folder: string, dataDir: string, passphrase: string): Promise<number> {
  const keyPath = join(dataDir, 'device.key');
  if (!existsSync(keyPath) || !existsSync(join(dataDir, 'kiosk.db'))) {
    console.error(`${dataDir} is no data folder of a kiosk, or its key lies in the key store of the system.`);
    return USAGE;
  }
  const { key, former } = await new KeyFiles(keyPath, plainForm).load();
  if (former) {
    console.error('A rotation of the key is not finished: run `npm run keys -- rotate` first.');
    return 1;
  }
  const opened = openStore({ path: join(dataDir, 'kiosk.db'), now });
  if (!opened.ok) return fail(opened.reason, opened.detail);
  try {
    const { database } = opened.value;
    const ciphers = await ciphersFor(database, lastCryptography(database));
    const made = makeBackup(
      { database, dataDir, deviceKey: key, ciphers, now, random: randomBytes },
      folder,
      passphrase,
    );
    if (!made.ok) return fail(made.reason, made.detail);
    console.log(`${made.value.files.length} files, queue ${made.value.queueHash}`);
    return 0;
  } finally {
    opened.value.database.close();
  }
}

function restore(folder: string, dataDir: string, passphrase: string): number {
  const restored = restoreBackup({ now, random: randomBytes, ciphers: [aesGcm, sm4Gcm] }, folder, dataDir, passphrase);
  if (!restored.ok) return fail(restored.reason, restored.detail);
  console.log(`restored as of ${restored.value.madeAt}, queue ${restored.value.queueHash}`);
  return 0;
}

function fail(reason: string, detail: string | undefined): number {
  console.error(detail === undefined ? reason : `${reason}: ${detail}`);
  return 1;
}
