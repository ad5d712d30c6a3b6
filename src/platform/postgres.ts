import pg from 'pg';
import {
  POSTGRES_CONNECT_MS,
  POSTGRES_CONNECTIONS,
  POSTGRES_IDLE_TRANSACTION_MS,
  POSTGRES_STATEMENT_MS,
  TRANSACTION_TRIES,
} from './limits.ts';
import { migratePostgres } from './postgres-migrations.ts';
import type { Sql, SqlDatabase, Transaction } from './sql.ts';

/**
 * Opens the database of an address such as `postgresql://platform@db.example/platform` and brings its tables up to date.
 *
 * @param onLost told when the database ends a connection that nobody uses just then; the next call opens another one
 */
export async function openPostgres(url: string, onLost: (error: Error) => void): Promise<SqlDatabase> {
  const pool = new pg.Pool({
    connectionString: url,
    max: POSTGRES_CONNECTIONS,
    connectionTimeoutMillis: POSTGRES_CONNECT_MS,
    statement_timeout: POSTGRES_STATEMENT_MS,
    // A process whose machine is gone must not keep its locks; the database itself would wait for it for hours.
    idle_in_transaction_session_timeout: POSTGRES_IDLE_TRANSACTION_MS,
    application_name: 'hall-platform',
    types,
  });
  pool.on('error', onLost);
  try {
    await withClient(pool, migratePostgres);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    ...statementsOf(pool),
    transaction: (work) => tryAgain(() => withClient(pool, (client) => inTransaction(client, work))),
    close: () => pool.end(),
  };
}

/** Counts and sums are 64 bits wide and come as texts unless told otherwise; ours fit a number. */
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);

function statementsOf(connection: pg.Pool | pg.PoolClient): Sql {
  const rows = async <Row extends object>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> =>
    (await connection.query<Row>(text, [...values])).rows;
  return {
    get: async <Row extends object>(text: string, values?: readonly unknown[]) => (await rows<Row>(text, values))[0],
    all: (text, values) => rows(text, values),
    run: async (text, values) => void (await rows(text, values)),
  };
}

async function withClient<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const onError = (error: Error): void => void (broken = error);
  client.on('error', onError);
  try {
    return await work(client);
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}

async function inTransaction<T>(client: pg.PoolClient, work: (transaction: Transaction) => Promise<T>): Promise<T> {
  const sql = statementsOf(client);
  const claim = async (name: string): Promise<boolean> => {
    const row = await sql.get<{ free: boolean }>('SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS free', [
      name,
    ]);
    return row?.free === true;
  };
  await sql.run('BEGIN');
  try {
    const result = await work({ ...sql, claim });
    await sql.run('COMMIT');
    return result;
  } catch (error) {
    // On a connection that broke this fails as well, and the database has rolled back by itself.
    await sql.run('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** Unique violation, serialization failure, deadlock: another transaction was faster. */
const overtaken = new Set(['23505', '40001', '40P01']);

async function tryAgain<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      const again = error instanceof pg.DatabaseError && overtaken.has(error.code ?? '') && tries < TRANSACTION_TRIES;
      if (!again) throw error;
    }
  }
}
