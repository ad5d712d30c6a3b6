import type { Database } from 'better-sqlite3';
import type { CatalogueHead } from '../../contract/platform-api.ts';
import type { ManifestLine } from '../../domain/catalogue/manifest.ts';
import type { CatalogueText } from './catalogue.ts';

/** Rows written in one step of preparing or tidying: nobody at the screen notices it. */
const ROWS_AT_ONCE = 200;

type LiveRow = Pick<CatalogueHead, 'version' | 'hash'> & { readonly generation: number };

/** The pulled catalogue in the kiosk's store. Every method is one statement or a few; the caller brings the transaction. */
export class PulledStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
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

  /** The texts of a generation, in the order of the codes. */
  textsOf(generation: number): CatalogueText[] {
    return this.#database
      .prepare<[number], { name: string; text: string }>(
        `SELECT code AS name, content AS text FROM catalogue_line JOIN catalogue_content USING (sha256)
         WHERE generation = ? ORDER BY code`,
      )
      .all(generation);
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
        `DELETE FROM catalogue_content WHERE rowid IN (SELECT rowid FROM catalogue_content
           WHERE sha256 NOT IN (SELECT sha256 FROM catalogue_line) LIMIT ${ROWS_AT_ONCE})`,
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
