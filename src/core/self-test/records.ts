import type { Database } from 'better-sqlite3';
import { type SelfTestReport, selfTestReport } from '../../contract/self-test.ts';

/** What the self-tests of this kiosk came to. */
export class SelfTestRecords {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  add(report: SelfTestReport): void {
    const { id, endedAt, cause, verdict } = report;
    this.#database
      .prepare<[string, string, string, string, string]>(
        'INSERT INTO self_test (id, ended_at, cause, verdict, report) VALUES (?, ?, ?, ?, ?)',
      )
      .run(id, endedAt, cause, verdict, JSON.stringify(report));
  }

  latest(): SelfTestReport | undefined {
    const report = this.#database
      .prepare<[], string>('SELECT report FROM self_test ORDER BY ended_at DESC, id DESC LIMIT 1')
      .pluck()
      .get();
    // One that another version wrote in other words is none.
    return report === undefined ? undefined : selfTestReport.safeParse(JSON.parse(report)).data;
  }

  /** When the last one ended that began by itself; ISO 8601, UTC. */
  lastOpening(): string | undefined {
    const at = this.#database
      .prepare<[], string | null>(`SELECT max(ended_at) FROM self_test WHERE cause = 'opening'`)
      .pluck()
      .get();
    return at ?? undefined;
  }

  forget(before: string): void {
    this.#database.prepare<[string]>('DELETE FROM self_test WHERE ended_at < ?').run(before);
  }
}
