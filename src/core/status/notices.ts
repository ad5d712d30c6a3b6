import type { Database } from 'better-sqlite3';
import type { StatusView } from '../../contract/visit-view.ts';

export type Notice = StatusView['notices'][number];

/** Things that healed by themselves and that staff should know of; kept over restarts. */
export class Notices {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  add(at: string, notice: Notice): void {
    this.#database
      .prepare<[string, string, string]>('INSERT INTO notice (at, kind, detail) VALUES (?, ?, ?)')
      .run(at, notice.kind, notice.detail);
  }

  since(at: string): Notice[] {
    return this.#database
      .prepare<[string], Notice>('SELECT kind, detail FROM notice WHERE at >= ? ORDER BY id DESC')
      .all(at);
  }
}
