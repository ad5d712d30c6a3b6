import { catalogueItem, type CatalogueItem } from '../../domain/item.ts';
import type { Sql } from '../sql.ts';

/** An item in the version that a person saw, as it was published last; nothing when this platform never published it. */
export async function readItem(sql: Sql, code: string, version: number): Promise<CatalogueItem | undefined> {
  const rows = await sql.all<{ content: string }>(
    `SELECT content FROM catalogue_entry WHERE code = $1 AND operation <> 'D' ORDER BY version DESC`,
    [code],
  );
  for (const { content } of rows) {
    const item = catalogueItem.parse(JSON.parse(content));
    if (item.version === version) return item;
  }
  return undefined;
}
