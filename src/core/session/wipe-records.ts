import type { Database } from 'better-sqlite3';

/** Cause of a record whose visit has not ended yet. */
const OPEN = 'open';

/** Proof that each visit was wiped: when and why, nothing else. */
export class WipeRecords {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** A visit begins. Should its end never be written, the next start finds this record. */
  open(at: string): number {
    const { lastInsertRowid } = this.#add(at, OPEN);
    return Number(lastInsertRowid);
  }

  /** The visit is wiped. `id` is missing when its beginning could not be written. */
  close(id: number | undefined, at: string, cause: string): void {
    if (id === undefined) this.#add(at, cause);
    else
      this.#database
        .prepare<[string, string, number]>('UPDATE wipe SET at = ?, cause = ? WHERE id = ?')
        .run(at, cause, id);
  }

  /** Closes what the last run left open, and answers how many visits that were. */
  closeAll(at: string, cause: string): number {
    return this.#database
      .prepare<[string, string, string]>('UPDATE wipe SET at = ?, cause = ? WHERE cause = ?')
      .run(at, cause, OPEN).changes;
  }

  #add(at: string, cause: string) {
    return this.#database.prepare<[string, string]>('INSERT INTO wipe (at, cause) VALUES (?, ?)').run(at, cause);
  }
}
