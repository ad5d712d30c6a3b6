import { setTimeout as wait } from 'node:timers/promises';
import { ERRORS, type Locker, MemoryLocker, type RequestRelease } from '@tus/server';
import pg from 'pg';
import { UPLOAD_LOCK_POLL_MS, UPLOAD_LOCK_TRIES } from './limits.ts';

/** Keeps two requests from writing one upload. Whoever wants an upload asks its holder to let go. */
export interface UploadLocker extends Locker {
  close(): Promise<void>;
}

const inProcess = (): MemoryLocker => new MemoryLocker({ acquireLockTimeout: UPLOAD_LOCK_TRIES * UPLOAD_LOCK_POLL_MS });

/** For a store with one process. */
export function createMemoryLocker(): UploadLocker {
  const locker = inProcess();
  return { newLock: (id) => locker.newLock(id), close: async () => undefined };
}

const WANTED = 'hall_upload_wanted';
const TRY = 'SELECT pg_try_advisory_lock(hashtextextended($1, 1)) AS free';
const FREE = 'SELECT pg_advisory_unlock(hashtextextended($1, 1))';

/**
 * For several processes on one database. All locks of a process are advisory locks of one connection, which the database
 * frees when the process ends in whatever way.
 *
 * @param onLost told when that connection broke: uploads in work end then, and the next one opens another
 */
export function createPostgresLocker(url: string, onLost: (error: Error) => void): UploadLocker {
  const locker = inProcess();
  const held = new Map<string, RequestRelease>();
  let connection: Promise<Connection> | undefined;

  async function connect(): Promise<Connection> {
    const client = new pg.Client({ connectionString: url, application_name: 'hall-platform-uploads' });
    client.on('error', (error) => {
      connection = undefined;
      for (const release of held.values()) void release();
      held.clear();
      onLost(error);
    });
    client.on('notification', ({ payload }) => void held.get(payload ?? '')?.());
    await client.connect();
    await client.query(`LISTEN ${WANTED}`);
    return new Connection(client);
  }

  async function acquire(id: string, signal: AbortSignal, release: RequestRelease): Promise<void> {
    connection ??= connect().catch((error: unknown) => {
      connection = undefined;
      throw error;
    });
    const own = await connection;
    for (let tries = 0; tries < UPLOAD_LOCK_TRIES; tries += 1) {
      const { rows } = await own.query<{ free: boolean }>(TRY, [id]);
      if (rows[0]?.free === true) {
        held.set(id, release);
        return;
      }
      await own.query('SELECT pg_notify($1, $2)', [WANTED, id]);
      await wait(UPLOAD_LOCK_POLL_MS, undefined, { signal });
    }
    throw Object.assign(new Error('another process has the upload'), ERRORS.ERR_LOCK_TIMEOUT);
  }

  return {
    newLock(id) {
      const here = locker.newLock(id);
      return {
        async lock(signal, release) {
          await here.lock(signal, release);
          try {
            await acquire(id, signal, release);
          } catch (error) {
            await here.unlock();
            throw error;
          }
        },
        async unlock() {
          // What is not held any more went with its connection.
          if (held.delete(id)) await (await connection)?.query(FREE, [id]);
          await here.unlock();
        },
      };
    },
    close: async () => (await connection)?.end(),
  };
}

/** A client that is asked one thing after the other: uploads come and go at the same time, and it takes no second query while it is at one. */
class Connection {
  readonly #client: pg.Client;
  #last: Promise<unknown> = Promise.resolve();

  constructor(client: pg.Client) {
    this.#client = client;
  }

  query<Row extends pg.QueryResultRow>(text: string, values: readonly string[]): Promise<pg.QueryResult<Row>> {
    const answer = this.#last.then(() => this.#client.query<Row>(text, [...values]));
    // Whoever asked hears of a failure; the next one is asked all the same.
    this.#last = answer.then(nothing, nothing);
    return answer;
  }

  async end(): Promise<void> {
    await this.#last;
    await this.#client.end();
  }
}

const nothing = (): undefined => undefined;
