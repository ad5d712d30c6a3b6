import type { Database } from 'better-sqlite3';
import type { Audit } from '../audit/audit-trail.ts';

/** Cause of a record whose visit has not ended yet. */
const OPEN = 'open';

/** Proof that each visit was wiped: when and why, nothing else. */
export class WipeRecords {
  readonly #database: Database;
  readonly #audit: Audit;

  constructor(database: Database, audit: Audit) {
    this.#database = database;
    this.#audit = audit;
  }

  /** A visit begins. Should its end never be written, the next start finds this record. */
  open(at: string): number {
    const { lastInsertRowid } = this.#add(at, OPEN);
    return Number(lastInsertRowid);
  }

  /** The visit is wiped. `id` is missing when its beginning could not be written. */
  close(id: number | undefined, at: string, cause: string): void {
    const record = id ?? Number(this.#add(at, cause).lastInsertRowid);
    this.#database
      .prepare<[string, string, number]>('UPDATE wipe SET at = ?, cause = ? WHERE id = ?')
      .run(at, cause, record);
    this.#audit.append({ who: 'process:core', what: 'visit-wiped', target: `visit-${record}`, outcome: cause });
  }

  /** Closes what the last run left open, and answers how many visits that were. */
  closeAll(at: string, cause: string): number {
    const open = this.#database.prepare<[string], number>('SELECT id FROM wipe WHERE cause = ?').pluck().all(OPEN);
    for (const id of open) this.close(id, at, cause);
    return open.length;
  }

  #add(at: string, cause: string) {
    return this.#database.prepare<[string, string]>('INSERT INTO wipe (at, cause) VALUES (?, ?)').run(at, cause);
  }
}
