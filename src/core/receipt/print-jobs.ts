import type { Database } from 'better-sqlite3';

/** What papers are printed of. */
const papers = {
  case: { table: 'print_job', of: 'case_id' },
  'queue-ticket': { table: 'ticket_print_job', of: 'ticket_id' },
} as const;

/** What was sent to the printer and what came of it. */
export class PrintJobs {
  readonly #database: Database;
  readonly #paper: (typeof papers)[keyof typeof papers];

  constructor(database: Database, paper: keyof typeof papers) {
    this.#database = database;
    this.#paper = papers[paper];
  }

  /** `recordId`: what it is a paper of. */
  start(id: string, recordId: string, at: string): void {
    const { table, of } = this.#paper;
    this.#database
      .prepare<[string, string, string]>(`INSERT INTO ${table} (id, ${of}, at, outcome) VALUES (?, ?, ?, 'started')`)
      .run(id, recordId, at);
  }

  end(id: string, outcome: 'printed' | 'unconfirmed' | 'failed', reason: string | null = null): void {
    this.#database
      .prepare<[string, string | null, string]>(`UPDATE ${this.#paper.table} SET outcome = ?, reason = ? WHERE id = ?`)
      .run(outcome, reason, id);
  }
}
