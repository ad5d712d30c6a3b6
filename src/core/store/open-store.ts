import { existsSync, linkSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Database, Options } from 'better-sqlite3';
import { z } from 'zod';
import type { Result } from '../../domain/result.ts';
import { done, refused } from '../../domain/result.ts';
import { STORE_CHECKED_AT_START_BYTES } from '../limits.ts';
import { syncFolder } from './durable-file.ts';
import { isReadable, migrate } from './migrations/index.ts';
import { isDamage, salvage } from './salvage.ts';
import { writeFailure } from './write-failure.ts';

/** Its name in the data folder of a kiosk. */
export const STORE_FILE = 'kiosk.db';
/** "kisk" in ASCII: tells our file from any other SQLite file (pragma application_id). */
const APPLICATION_ID = 0x6b69736b;
/** The parts of a store in WAL mode. */
const SUFFIXES = ['', '-wal', '-shm'] as const;

export interface OpenStoreDeps {
  readonly path: string;
  /** File of the SQLite addon when the installed one does not fit the runtime. */
  readonly nativeBinding?: string;
  readonly now: () => Date;
}

export interface OpenedStore {
  readonly database: Database;
  /** A damaged file was replaced, and {@link settleSalvage} was not called since. */
  readonly setAside?: SetAside;
}

/** What came over from a damaged file, and the name under which that is kept. */
const setAsideNote = z.strictObject({ name: z.string(), carried: z.int(), incomplete: z.boolean() });
type SetAside = z.infer<typeof setAsideNote>;

/** Marks in the new store itself, so that a crash cannot forget it, that its rows have to be joined up still. */
export const SALVAGE_PENDING = 'salvage-pending';

/** Beside a store in which damage was met: the next start reads through all of it. */
const DOUBT = '.doubt';

/** Damage was met in the store. It is set aside and carried over at the next start, as the whole file is read then. */
export function doubtStore(path: string): void {
  writeFileSync(path + DOUBT, '');
  syncFolder(dirname(path));
}

/**
 * Opens or makes the store. A file that a newer version changed beyond what this one knows is refused and not touched. A damaged one is kept under
 * another name, and its readable rows are carried over; a power cut in the middle of that leaves either the old state or
 * the new one.
 */
export function openStore(deps: OpenStoreDeps): Result<OpenedStore, 'store-newer' | 'store-failed'> {
  const { path } = deps;
  const options: Options = deps.nativeBinding === undefined ? {} : { nativeBinding: deps.nativeBinding };
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    finishSwap(path);
    const state = inspect(path, options);
    if (state === 'newer') return refused('store-newer', `${basename(path)} was written by a newer version`);
    if (state === 'damaged') replaceDamaged(path, options, deps.now());
    if (state === 'absent') make(path, options);
    const database = open(path, options);
    rmSync(path + DOUBT, { force: true });
    syncFolder(dirname(path));
    const setAside = pendingSalvage(database);
    return done({ database, ...(setAside && { setAside }) });
  } catch (error) {
    const failure = writeFailure(error);
    if (failure === undefined) throw error;
    return refused('store-failed', `${failure}: ${error instanceof Error ? error.message : ''}`);
  }
}

function open(path: string, options: Options): Database {
  const database = new Sqlite(path, options);
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    // Freed pages are overwritten: a payload that the platform has is gone from the file as well.
    database.pragma('secure_delete = ON');
    database.pragma(`application_id = ${APPLICATION_ID}`);
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Looks without writing. */
function inspect(path: string, options: Options): 'absent' | 'fine' | 'newer' | 'damaged' {
  if (!existsSync(path)) return 'absent';
  // SQLite takes an empty file for a new store; ours never is empty once made.
  if (statSync(path).size === 0) return 'damaged';
  let database: Database | undefined;
  try {
    database = new Sqlite(path, { ...options, readonly: true, fileMustExist: true });
    if (database.pragma('application_id', { simple: true }) !== APPLICATION_ID) return 'damaged';
    if (!isReadable(database)) return 'newer';
    // Reading through a store that holds the cases of a long outage takes seconds. The self-test does it every morning.
    const deeply = statSync(path).size <= STORE_CHECKED_AT_START_BYTES || existsSync(path + DOUBT);
    if (deeply && database.pragma('integrity_check(1)', { simple: true }) !== 'ok') return 'damaged';
    return 'fine';
  } catch (error) {
    if (isDamage(error)) return 'damaged';
    throw error;
  } finally {
    database?.close();
  }
}

/** A new store is there as a whole or not at all: half of one would be taken for a damaged one. */
function make(path: string, options: Options): void {
  const building = placeToBuild(path);
  open(building, options).close();
  putInPlace(building, path);
}

function placeToBuild(path: string): string {
  const building = `${path}.new`;
  for (const suffix of SUFFIXES) rmSync(building + suffix, { force: true });
  return building;
}

function replaceDamaged(path: string, options: Options, now: Date): void {
  const building = placeToBuild(path);
  const aside = freeName(`${path}.damaged-${now.toISOString().replaceAll(/[-:]|\.\d+/g, '')}`);
  const fresh = open(building, options);
  try {
    const note: SetAside = { ...salvage(path, fresh, building, options), name: basename(aside) };
    fresh
      .prepare<[string, string, string]>('INSERT INTO notice (at, kind, detail) VALUES (?, ?, ?)')
      .run(now.toISOString(), SALVAGE_PENDING, JSON.stringify(note));
  } finally {
    fresh.close();
  }
  for (const suffix of SUFFIXES) {
    if (existsSync(path + suffix)) linkSync(path + suffix, aside + suffix);
  }
  putInPlace(building, path);
}

function putInPlace(building: string, path: string): void {
  syncFolder(dirname(path));
  renameSync(building, `${path}.next`);
  finishSwap(path);
}

function pendingSalvage(database: Database): SetAside | undefined {
  const detail = database
    .prepare<[string], string>('SELECT detail FROM notice WHERE kind = ? ORDER BY id DESC LIMIT 1')
    .pluck()
    .get(SALVAGE_PENDING);
  return detail === undefined ? undefined : setAsideNote.parse(JSON.parse(detail));
}

/** The rows are joined up: in the transaction that did so. */
export function settleSalvage(database: Database): void {
  database.prepare<[string]>('DELETE FROM notice WHERE kind = ?').run(SALVAGE_PENDING);
}

/** From the moment `.next` exists it is the store; before that the old file still is. */
function finishSwap(path: string): void {
  if (!existsSync(`${path}.next`)) return;
  syncFolder(dirname(path));
  for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
  syncFolder(dirname(path));
  renameSync(`${path}.next`, path);
  syncFolder(dirname(path));
}

function freeName(wanted: string): string {
  let name = wanted;
  for (let n = 2; existsSync(name); n += 1) name = `${wanted}-${n}`;
  return name;
}
