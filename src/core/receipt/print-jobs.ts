import type { Database } from 'better-sqlite3';

/** What was sent to the printer and what came of it. */
export class PrintJobs {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  start(id: string, caseId: string, at: string): void {
    this.#database
      .prepare<[string, string, string]>(`INSERT INTO print_job (id, case_id, at, outcome) VALUES (?, ?, ?, 'started')`)
      .run(id, caseId, at);
  }

  end(id: string, outcome: 'printed' | 'unconfirmed' | 'failed', reason: string | null = null): void {
    this.#database
      .prepare<[string, string | null, string]>('UPDATE print_job SET outcome = ?, reason = ? WHERE id = ?')
      .run(outcome, reason, id);
  }
}
