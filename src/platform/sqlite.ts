import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Sql, SqlDatabase } from './sql.ts';
import { migrate } from './sqlite-migrations.ts';

/** Opens `platform.sqlite` in the folder, which is made when missing; undefined: a store in memory. */
export function openSqlite(dataDir: string | undefined): SqlDatabase {
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
  const database = new Database(dataDir === undefined ? ':memory:' : join(dataDir, 'platform.sqlite'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  const health: unknown = database.pragma('quick_check', { simple: true });
  if (health !== 'ok') throw new Error(`the platform's store is damaged: ${String(health)}`);
  migrate(database);

  const sql = statementsOf(database);
  const inTurn = createTurns();
  return {
    get: (text, values) => inTurn(() => sql.get(text, values)),
    all: (text, values) => inTurn(() => sql.all(text, values)),
    run: (text, values) => inTurn(() => sql.run(text, values)),
    transaction: (work) =>
      inTurn(async () => {
        database.exec('BEGIN IMMEDIATE');
        try {
          // There is one writer, so a name that a transaction asks for is free.
          const result = await work({ ...sql, claim: async () => true });
          database.exec('COMMIT');
          return result;
        } finally {
          if (database.inTransaction) database.exec('ROLLBACK');
        }
      }),
    close: () => inTurn(async () => void database.close()),
  };
}

type Parameters = Readonly<Record<string, unknown>>;

function statementsOf(database: Database.Database): Sql {
  const prepared = new Map<string, Database.Statement<[Parameters]>>();
  const prepare = <Row>(text: string): Database.Statement<[Parameters], Row> => {
    const known = prepared.get(text);
    const statement = known ?? database.prepare<[Parameters]>(text);
    if (!known) prepared.set(text, statement);
    return statement as Database.Statement<[Parameters], Row>;
  };
  // To SQLite `$1` is a parameter with the name 1.
  const named = (values: readonly unknown[] = []): Parameters =>
    Object.fromEntries(values.map((value, index) => [String(index + 1), value]));
  return {
    get: async <Row>(text: string, values?: readonly unknown[]) => prepare<Row>(text).get(named(values)),
    all: async <Row>(text: string, values?: readonly unknown[]) => prepare<Row>(text).all(named(values)),
    run: async (text, values) => void prepare(text).run(named(values)),
  };
}

/** One connection carries everything, so whoever comes while a transaction is open waits for its end. */
function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}
