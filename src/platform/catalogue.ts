import type { CatalogueChange, CatalogueHead } from '../contract/platform-api.ts';
import { manifestText } from '../domain/catalogue/manifest.ts';
import { buildPack } from '../domain/catalogue/pack.ts';
import { catalogueItem, type CatalogueItem } from '../domain/item.ts';
import { done, type Result } from '../domain/result.ts';
import { sha256 } from './content-hash.ts';
import type { Sql, SqlDatabase } from './sql.ts';

/** Items in one answer: small enough that a slow line brings it within the limit of a request. */
const PAGE_ITEMS = 25;

/** The published catalogue with all its versions: what a case names stays readable. */
export interface PublishedCatalogue {
  /** Makes the items the next version; the same items again make none. Refuses what {@link buildPack} refuses. */
  publish(batch: string, items: readonly CatalogueItem[], at: Date): ReturnType<typeof publish>;
  head(): Promise<CatalogueHead>;
  changes(from: number, to: number, after: string): Promise<{ changes: CatalogueChange[]; more: boolean }>;
  /** All items as a version has them, in the order of their codes. */
  live(version: number): Promise<CatalogueItem[]>;
}

interface EntryRow {
  readonly code: string;
  readonly operation: string;
  readonly sha256: string;
  readonly content: string;
  readonly batch: string;
  readonly published_at: string;
}

export function createPublishedCatalogue(database: SqlDatabase): PublishedCatalogue {
  return {
    publish: (batch, items, at) => publish(database, batch, items, at),
    head: () => readHead(database),
    async changes(from, to, after) {
      const rows = await database.all<EntryRow>(
        `SELECT entry.code, entry.operation, entry.sha256, entry.content, version.batch, version.published_at
         FROM catalogue_entry AS entry JOIN catalogue_version AS version ON version.version = entry.version
         WHERE entry.version > $1 AND entry.version <= $2 AND entry.code > $3
           AND NOT EXISTS (SELECT 1 FROM catalogue_entry AS later
             WHERE later.code = entry.code AND later.version > entry.version AND later.version <= $2)
         ORDER BY entry.code LIMIT ${PAGE_ITEMS + 1}`,
        [from, to, after],
      );
      return { changes: rows.slice(0, PAGE_ITEMS).map(changeOf), more: rows.length > PAGE_ITEMS };
    },
    async live(version) {
      const rows = await database.all<Pick<EntryRow, 'content'>>(
        `SELECT content FROM catalogue_entry AS entry WHERE version <= $1 AND operation <> 'D' AND NOT EXISTS
           (SELECT 1 FROM catalogue_entry AS later
            WHERE later.code = entry.code AND later.version > entry.version AND later.version <= $1)
         ORDER BY code`,
        [version],
      );
      return rows.map(({ content }) => catalogueItem.parse(JSON.parse(content)));
    },
  };
}

function changeOf({ code, operation, sha256: hash, content, batch, published_at: time }: EntryRow): CatalogueChange {
  if (operation === 'D') return { operation, code, batch, time };
  return { operation: operation === 'I' ? 'I' : 'U', code, batch, time, sha256: hash, content };
}

async function readHead(sql: Sql): Promise<CatalogueHead> {
  const row = await sql.get<CatalogueHead>(
    `SELECT version, batch, published_at AS "publishedAt", items, hash
     FROM catalogue_version ORDER BY version DESC LIMIT 1`,
  );
  return row ?? { version: 0, batch: '', publishedAt: '', items: 0, hash: sha256('') };
}

async function publish(
  database: SqlDatabase,
  batch: string,
  items: readonly CatalogueItem[],
  at: Date,
): Promise<Result<CatalogueHead, 'unstamped' | 'classified'>> {
  const pack = buildPack(batch, items);
  if (!pack.ok) return pack;
  const next = pack.value.items.map((item) => {
    const content = JSON.stringify(item);
    return { code: item.code, content, sha256: sha256(content) };
  });
  return done(
    await database.transaction(async (sql) => {
      const before = await readHead(sql);
      const hash = sha256(manifestText(next));
      if (hash === before.hash) return before;
      const head = { version: before.version + 1, batch, publishedAt: at.toISOString(), items: next.length, hash };
      await sql.run(
        'INSERT INTO catalogue_version (version, batch, published_at, items, hash) VALUES ($1, $2, $3, $4, $5)',
        [head.version, batch, head.publishedAt, head.items, hash],
      );
      const live = await liveHashes(sql);
      const add = (operation: string, code: string, hashOfItem: string, content: string) =>
        sql.run('INSERT INTO catalogue_entry (version, code, operation, sha256, content) VALUES ($1, $2, $3, $4, $5)', [
          head.version,
          code,
          operation,
          hashOfItem,
          content,
        ]);
      for (const { code, sha256: hashOfItem, content } of next) {
        const known = live.get(code);
        live.delete(code);
        if (known !== hashOfItem) await add(known === undefined ? 'I' : 'U', code, hashOfItem, content);
      }
      for (const code of live.keys()) await add('D', code, '', '');
      return head;
    }),
  );
}

/** The items that were published last, by code. */
async function liveHashes(sql: Sql): Promise<Map<string, string>> {
  const rows = await sql.all<{ code: string; sha256: string }>(
    `SELECT code, sha256 FROM catalogue_entry AS entry WHERE operation <> 'D' AND NOT EXISTS
       (SELECT 1 FROM catalogue_entry AS later WHERE later.code = entry.code AND later.version > entry.version)`,
  );
  return new Map(rows.map(({ code, sha256: hash }) => [code, hash]));
}
