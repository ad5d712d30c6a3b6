import type { Database } from 'better-sqlite3';

export interface FoundItem {
  /** ISO 8601 with the hall's offset. */
  readonly at: string;
  readonly item: 'card';
  readonly device: string;
  readonly visitEndedAt: string;
}

/** What citizens left at the kiosk and did not come back for; nothing that tells whose it is. */
export class FoundItems {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  add({ at, item, device, visitEndedAt }: FoundItem): void {
    this.#database
      .prepare<[string, string, string, string]>(
        'INSERT INTO found_item (at, item, device, visit_ended_at) VALUES (?, ?, ?, ?)',
      )
      .run(at, item, device, visitEndedAt);
  }
}
