import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Database } from 'better-sqlite3';
import type { Result } from '../../domain/result.ts';
import { done, refused } from '../../domain/result.ts';
import { AuditTrail } from '../audit/audit-trail.ts';
import { PageFiles } from '../case/page-files.ts';
import { hallTime } from '../hall-time.ts';
import { syncFile, syncFolder, writeDurably } from '../store/durable-file.ts';
import type { Ciphers } from '../store/cipher.ts';
import { KeyRing } from '../store/key-ring.ts';
import { createTransact } from '../store/transact.ts';
import { attemptWrite, type WriteFailure } from '../store/write-failure.ts';
import { wrapKey, writeManifest, type BackupContents } from './manifest.ts';
import { queueHash } from './queue-hash.ts';

export interface BackupDeps {
  /** The store, which may be in use meanwhile. */
  readonly database: Database;
  readonly dataDir: string;
  readonly deviceKey: Buffer;
  /** What the kiosk seals with: the first one wraps its key. */
  readonly ciphers: Ciphers;
  readonly now: () => Date;
  readonly random: (bytes: number) => Buffer;
}

/**
 * Writes a sealed export into a new folder: a copy of the store as of one moment, the pages that it names, and a manifest
 * with the hash of each file and the device key wrapped under a passphrase. The manifest comes last: a folder without one is
 * no backup. Nothing is opened on the way; what is sealed stays sealed.
 */
export function makeBackup(
  deps: BackupDeps,
  folder: string,
  passphrase: string,
): Result<BackupContents, 'folder-not-empty' | 'page-missing' | WriteFailure> {
  const { database, dataDir, deviceKey, ciphers, now, random } = deps;
  if (existsSync(folder) && readdirSync(folder).length > 0) return refused('folder-not-empty', folder);
  const audit = new AuditTrail(database, now);
  const at = now();
  // Told first, so that the copy holds it too.
  const told = createTransact(database)(() =>
    audit.append({ who: 'process:backup', what: 'backed-up', target: 'outbox', outcome: 'begun' }),
  );
  if (!told.ok) return told;
  const written = attemptWrite(() => {
    mkdirSync(join(folder, 'scans'), { recursive: true, mode: 0o700 });
    const copy = join(folder, 'kiosk.db');
    database.prepare<[string]>('VACUUM INTO ?').run(copy);
    syncFile(copy);
    const pages = new PageFiles(join(dataDir, 'scans'), new KeyRing(deviceKey, undefined, random));
    const stored = new Sqlite(copy, { readonly: true });
    try {
      const missing = copyPages(stored, pages, dataDir, folder);
      if (missing !== undefined) return refused('page-missing' as const, missing);
      const head = new AuditTrail(stored, now).head();
      return done<BackupContents>({
        format: 1,
        madeAt: hallTime(at),
        schemaVersion: Number(stored.pragma('user_version', { simple: true })),
        queueHash: queueHash(stored, pages),
        audit: { sequence: head.sequence, hash: head.hash.toString('hex') },
        files: describeFiles(folder),
        deviceKey: wrapKey(deviceKey, passphrase, random, ciphers[0]),
      });
    } finally {
      stored.close();
    }
  });
  if (!written.ok || !written.value.ok) return written.ok ? written.value : written;
  const contents = written.value.value;
  const sealed = attemptWrite(() => {
    syncFolder(join(folder, 'scans'));
    writeDurably(join(folder, 'manifest.json'), Buffer.from(writeManifest(contents, deviceKey)));
  });
  return sealed.ok ? done(contents) : sealed;
}

/** The name of the first page that a record waits with and that is not there. */
function copyPages(stored: Database, pages: PageFiles, dataDir: string, folder: string): string | undefined {
  const wanted = stored.prepare<[], { id: string; state: string }>(
    `SELECT id, state FROM outbox WHERE step = 'scan' AND payload IS NOT NULL`,
  );
  for (const { id, state } of wanted.iterate()) {
    const name = pages.fileOf(id);
    // What had arrived may have been erased since the copy was made.
    if (name === undefined && state === 'waiting') return id;
    if (name !== undefined) writeDurably(join(folder, 'scans', name), readFileSync(join(dataDir, 'scans', name)));
  }
  return undefined;
}

function describeFiles(folder: string): BackupContents['files'] {
  const scans = readdirSync(join(folder, 'scans')).toSorted();
  return ['kiosk.db', ...scans.map((name) => `scans/${name}`)].map((name) => {
    const bytes = readFileSync(join(folder, name));
    return { name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  });
}
