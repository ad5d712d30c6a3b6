import type { Database, Statement } from 'better-sqlite3';
import type { CatalogueHead } from '../../contract/platform-api.ts';
import type { ManifestLine } from '../../domain/catalogue/manifest.ts';
import type { Transact } from '../store/transact.ts';
import type { CatalogueText } from './catalogue.ts';

/** Rows written in one step of preparing or tidying: nobody at the screen notices it. */
const ROWS_AT_ONCE = 100;
/** The same of rows with texts. */
const TEXTS_AT_ONCE = 25;
/** What fills the log, in pages of 4 KiB; SQLite's own number, and one that is moved in a few milliseconds. */
const LOG_PAGES = { otherwise: 1_000, preparing: 250 };

type LiveRow = Pick<CatalogueHead, 'version' | 'hash'> & { readonly generation: number };

/** The pulled catalogue in the kiosk's store. Every method is one statement or a few; the caller brings the transaction. */
export class PulledStore {
  readonly #database: Database;
  readonly #content: Statement<[string], string>;

  constructor(database: Database) {
    this.#database = database;
    this.#content = database
      .prepare<[string], string>('SELECT content FROM catalogue_content WHERE sha256 = ?')
      .pluck();
  }

  /**
   * For what a power cut may take back, since nobody sees it before the switch, and the switch writes all of it through to the
   * disk: waiting for the disk two hundred times would keep everybody else waiting. Whichever commit fills the log moves it into
   * the store's file; of a shorter log that is a shorter pause.
   */
  preparing(transact: Transact): Transact {
    return (write) => {
      this.#database.pragma('synchronous = NORMAL');
      this.#database.pragma(`wal_autocheckpoint = ${LOG_PAGES.preparing}`);
      try {
        return transact(write);
      } finally {
        this.#database.pragma('synchronous = FULL');
        this.#database.pragma(`wal_autocheckpoint = ${LOG_PAGES.otherwise}`);
      }
    };
  }

  /** What is live; nothing before the first pull. */
  live(): LiveRow | undefined {
    return this.#database.prepare<[], LiveRow>('SELECT generation, version, hash FROM catalogue_live').get();
  }

  /** One that no earlier pull wrote to, whatever became of it. */
  nextGeneration(): number {
    const last = this.#database
      .prepare<[], number>(
        `SELECT max(coalesce((SELECT max(generation) FROM catalogue_line), 0),
           coalesce((SELECT generation FROM catalogue_live), 0))`,
      )
      .pluck()
      .get();
    return (last ?? 0) + 1;
  }

  linesOf(generation: number): ManifestLine[] {
    return this.#database
      .prepare<[number], ManifestLine>('SELECT code, sha256 FROM catalogue_line WHERE generation = ? ORDER BY code')
      .all(generation);
  }

  /** The texts of a generation's lines. They stay in the store and are there until the generation is tidied away. */
  textsOf(lines: readonly ManifestLine[]): CatalogueText[] {
    return lines.map(({ code, sha256 }) => ({
      name: code,
      sha256,
      read: () => {
        const content = this.#content.get(sha256);
        if (content === undefined) throw new Error('its text is not in the store');
        return content;
      },
    }));
  }

  addContent(sha256: string, content: string): void {
    this.#database
      .prepare<[string, string]>('INSERT OR IGNORE INTO catalogue_content (sha256, content) VALUES (?, ?)')
      .run(sha256, content);
  }

  addLines(generation: number, lines: readonly ManifestLine[]): void {
    const insert = this.#database.prepare<[number, string, string]>(
      'INSERT INTO catalogue_line (generation, code, sha256) VALUES (?, ?, ?)',
    );
    for (const { code, sha256 } of lines) insert.run(generation, code, sha256);
  }

  /** The switch itself: one row. */
  makeLive(generation: number, { version, hash, batch, publishedAt }: CatalogueHead, at: string): void {
    this.#database
      .prepare<[number, number, string, string, string, string]>(
        `INSERT OR REPLACE INTO catalogue_live (id, generation, version, hash, batch, published_at, live_since)
         VALUES (1, ?, ?, ?, ?, ?, ?)`,
      )
      .run(generation, version, hash, batch, publishedAt, at);
  }

  /** Forgets some of what is not live; true when there may be more. */
  tidy(): boolean {
    const lines = this.#database
      .prepare(
        `DELETE FROM catalogue_line WHERE rowid IN (SELECT rowid FROM catalogue_line
           WHERE generation IS NOT (SELECT generation FROM catalogue_live) LIMIT ${ROWS_AT_ONCE})`,
      )
      .run().changes;
    if (lines > 0) return true;
    const contents = this.#database
      .prepare(
        `DELETE FROM catalogue_content WHERE rowid IN (SELECT rowid FROM catalogue_content AS content
           WHERE NOT EXISTS (SELECT 1 FROM catalogue_line AS line WHERE line.sha256 = content.sha256) LIMIT ${TEXTS_AT_ONCE})`,
      )
      .run().changes;
    return contents > 0;
  }
}

/** In portions that are written at once. */
export function portions<T>(list: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / ROWS_AT_ONCE) }, (_, index) =>
    list.slice(index * ROWS_AT_ONCE, (index + 1) * ROWS_AT_ONCE),
  );
}
