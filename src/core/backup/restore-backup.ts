import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Result } from '../../domain/result.ts';
import { done, refused } from '../../domain/result.ts';
import { AuditTrail } from '../audit/audit-trail.ts';
import { verifyChain } from '../audit/verify.ts';
import { CaseRecords } from '../case/case-records.ts';
import { PageFiles } from '../case/page-files.ts';
import { hallDay } from '../hall-time.ts';
import { SERIAL_GAP_AFTER_SALVAGE } from '../limits.ts';
import { QueueLeases } from '../queue/queue-leases.ts';
import { syncFolder, writeDurably } from '../store/durable-file.ts';
import type { Ciphers } from '../store/cipher.ts';
import { KeyRing } from '../store/key-ring.ts';
import { openStore } from '../store/open-store.ts';
import { createTransact } from '../store/transact.ts';
import { attemptWrite, type WriteFailure } from '../store/write-failure.ts';
import { readManifest, type BackupContents } from './manifest.ts';
import { queueHash } from './queue-hash.ts';

export interface RestoreDeps {
  readonly now: () => Date;
  readonly random: (bytes: number) => Buffer;
  /** One of them wrapped the key. */
  readonly ciphers: Ciphers;
}

type RestoreFailure =
  | 'not-a-backup'
  | 'wrong-passphrase'
  | 'changed'
  | 'not-clean'
  | 'store-newer'
  | 'store-failed'
  | 'other-queue'
  | 'audit-broken'
  | WriteFailure;

/** The place where a restore is put together; what a power cut leaves of it, the next one begins anew. */
const BUILDING = '.restoring';

/**
 * Makes the data folder of a clean machine from a backup, or leaves that machine as clean as it was: everything is checked
 * and put together beside it and then takes its name in one step. The key lies in a file of its owner's from then on, from
 * which the kiosk takes it into the system's key store where there is one.
 */
export function restoreBackup(
  deps: RestoreDeps,
  folder: string,
  dataDir: string,
  passphrase: string,
): Result<BackupContents, RestoreFailure> {
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0) return refused('not-clean', dataDir);
  const manifestPath = join(folder, 'manifest.json');
  if (!existsSync(manifestPath)) return refused('not-a-backup', folder);
  const manifest = readManifest(readFileSync(manifestPath, 'utf8'), passphrase, deps.ciphers);
  if (!manifest.ok) return manifest;
  const { contents, deviceKey } = manifest.value;
  const building = dataDir + BUILDING;
  const built = attemptWrite(() => {
    rmSync(building, { recursive: true, force: true });
    mkdirSync(join(building, 'scans'), { recursive: true, mode: 0o700 });
    for (const { name, sha256 } of contents.files) {
      const bytes = existsSync(join(folder, name)) ? readFileSync(join(folder, name)) : undefined;
      if (!bytes || createHash('sha256').update(bytes).digest('hex') !== sha256)
        return refused('changed' as const, name);
      writeDurably(join(building, name), bytes);
    }
    writeDurably(join(building, 'device.key'), deviceKey);
    return settle(deps, building, contents, deviceKey);
  });
  if (!built.ok) return built;
  if (!built.value.ok) {
    rmSync(building, { recursive: true, force: true });
    return built.value;
  }
  const placed = attemptWrite(() => {
    syncFolder(building);
    // An empty folder of that name is replaced; on Windows it has to go first.
    rmSync(dataDir, { recursive: true, force: true });
    renameSync(building, dataDir);
    syncFolder(dirname(dataDir));
  });
  return placed.ok ? done(contents) : placed;
}

/** Checks what was put together and writes down where it came from. */
function settle(
  { now, random }: RestoreDeps,
  building: string,
  contents: BackupContents,
  deviceKey: Buffer,
): Result<void, RestoreFailure> {
  const opened = openStore({ path: join(building, 'kiosk.db'), now });
  if (!opened.ok) return opened;
  const { database } = opened.value;
  try {
    const pages = new PageFiles(join(building, 'scans'), new KeyRing(deviceKey, undefined, random));
    if (queueHash(database, pages) !== contents.queueHash) return refused('other-queue');
    if (!verifyChain(database, contents.audit.sequence > 0 ? contents.audit : undefined).whole)
      return refused('audit-broken');
    const audit = new AuditTrail(database, now);
    return createTransact(database)(() => {
      // Numbers given after the backup was made are on paper already.
      new QueueLeases(database).abandon();
      new CaseRecords(database).skipSerials(hallDay(now()), SERIAL_GAP_AFTER_SALVAGE);
      audit.append({ who: 'process:restore', what: 'restored', target: 'outbox', outcome: contents.madeAt });
    });
  } finally {
    database.close();
  }
}
