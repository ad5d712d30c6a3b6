import type { Client } from 'pg';
import { kioskMigrations } from './schema/postgres-kiosks.ts';
import { officeMigrations } from './schema/postgres-offices.ts';

/** In order; the number of a migration is its place, counted from 1, and is never changed once shipped. */
const migrations = [...kioskMigrations, ...officeMigrations];

/** Any fixed number does; it keeps processes that start together from making the tables twice. */
const MIGRATION_LOCK = 5_205_001;

/** Brings the schema up to date in one transaction. Processes that start at the same time wait for one another. */
export async function migratePostgres(client: Pick<Client, 'query'>): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    await client.query('CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY)');
    const { rows } = await client.query<{ version: number }>(
      'SELECT coalesce(max(version), 0) AS version FROM schema_version',
    );
    const from = rows[0]?.version ?? 0;
    if (from > migrations.length)
      throw new Error(`the store has version ${from}, this program knows ${migrations.length}`);
    for (const [index, sql] of migrations.entries()) {
      if (index < from) continue;
      await client.query(sql);
      await client.query('INSERT INTO schema_version (version) VALUES ($1)', [index + 1]);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}
