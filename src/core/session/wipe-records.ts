import type { Database } from 'better-sqlite3';

/** Proof that each visit was wiped: when and why, nothing else. */
export class WipeRecords {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  add(at: string, cause: string): void {
    this.#database.prepare<[string, string]>('INSERT INTO wipe (at, cause) VALUES (?, ?)').run(at, cause);
  }
}
