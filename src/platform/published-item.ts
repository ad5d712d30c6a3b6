import { catalogueItem, type CatalogueItem } from '../domain/item.ts';
import type { Sql } from './sql.ts';

/** An item as it was published last, also when it is offered no more: cases of it go on. */
export async function publishedItem(sql: Sql, code: string): Promise<CatalogueItem | undefined> {
  const row = await sql.get<{ content: string }>(
    `SELECT content FROM catalogue_entry WHERE code = $1 AND operation <> 'D' ORDER BY version DESC LIMIT 1`,
    [code],
  );
  return row && catalogueItem.parse(JSON.parse(row.content));
}
