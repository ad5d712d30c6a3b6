import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPublishedCatalogue, type PublishedCatalogue } from './catalogue.ts';
import { describeError } from './errors.ts';
import { openSeals, type Seals } from './certificates/seals.ts';
import { createDevices, type Devices } from './devices.ts';
import { openIdentities, type Identities } from './identity/identities.ts';
import { openPostgres } from './postgres.ts';
import type { PlatformDeps } from './server.ts';
import type { SqlDatabase } from './sql.ts';
import { openSqlite } from './sqlite.ts';
import { createPlatformStore, type PlatformStore } from './store.ts';
import { openTokens, type Tokens } from './tokens.ts';
import { createMemoryLocker, createPostgresLocker, type UploadLocker } from './upload-locker.ts';
import { openUploads, type Uploads } from './uploads.ts';

interface OpenStore {
  readonly database: SqlDatabase;
  readonly store: PlatformStore;
  readonly catalogue: PublishedCatalogue;
  readonly devices: Devices;
  readonly tokens: Tokens;
  readonly identities: Identities;
  readonly seals: Seals;
  readonly uploads: Uploads;
  readonly locker: UploadLocker;
  close(): Promise<void>;
}

/** @param onLost told when a database connection ended that nobody used just then */
export async function openDatabase(
  { databaseUrl, dataDir }: Pick<PlatformDeps, 'databaseUrl' | 'dataDir'>,
  onLost: (error: Error) => void,
): Promise<SqlDatabase> {
  return databaseUrl === undefined ? openSqlite(dataDir) : openPostgres(databaseUrl, onLost);
}

/** Opens where records and uploads are kept. */
export async function openStore(
  deps: Pick<PlatformDeps, 'databaseUrl' | 'dataDir' | 'clock' | 'log'>,
): Promise<OpenStore> {
  const { databaseUrl, dataDir, clock, log } = deps;
  const onLost = (error: Error): void => log('platform.failed', { call: 'store', detail: describeError(error) });
  const database = await openDatabase(deps, onLost);
  const store = createPlatformStore(database);
  const folder = dataDir === undefined ? await mkdtemp(join(tmpdir(), 'platform-uploads-')) : join(dataDir, 'uploads');
  const locker = databaseUrl === undefined ? createMemoryLocker() : createPostgresLocker(databaseUrl, onLost);

  async function close(): Promise<void> {
    await locker.close();
    await store.close();
    // A request that was cut may still be putting its last file there.
    if (dataDir === undefined) await rm(folder, { recursive: true, maxRetries: 3 });
  }
  try {
    const uploads = await openUploads({ folder, store, clock });
    const tokens = await openTokens(database, clock);
    const identities = await openIdentities(database, clock);
    const seals = await openSeals(database);
    return {
      database,
      store,
      catalogue: createPublishedCatalogue(database),
      devices: createDevices(database, clock),
      tokens,
      identities,
      seals,
      uploads,
      locker,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
