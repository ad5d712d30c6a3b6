import { catalogueItem, type CatalogueItem } from '../../domain/item.ts';
import type { ItemFacts } from '../../domain/statistics/facts.ts';
import type { Sql } from '../sql.ts';

/** An item as the figures need it, with its name for those who read them. */
export interface NamedItemFacts extends ItemFacts {
  readonly name: string;
}

/** The items that are offered now, and how many materials each asked for when it was published first. */
export async function readItemFacts(sql: Sql): Promise<NamedItemFacts[]> {
  const rows = await sql.all<{ content: string; first: string }>(
    `SELECT entry.content, (SELECT earlier.content FROM catalogue_entry AS earlier
         WHERE earlier.code = entry.code AND earlier.operation <> 'D' ORDER BY earlier.version LIMIT 1) AS first
       FROM catalogue_entry AS entry WHERE entry.operation <> 'D' AND NOT EXISTS
         (SELECT 1 FROM catalogue_entry AS later WHERE later.code = entry.code AND later.version > entry.version)
       ORDER BY entry.code`,
  );
  return rows.map(({ content, first }) => factsOf(readItem(content), readItem(first)));
}

const readItem = (content: string): CatalogueItem => catalogueItem.parse(JSON.parse(content));

/**
 * 社会事务 are the items for natural persons: the plan that reports them by themselves (东莞市 2014) sets them against
 * investment and market access, which are for enterprises.
 */
function factsOf({ code, name, kind, guide, record, materials }: CatalogueItem, first: CatalogueItem): NamedItemFacts {
  return {
    code,
    name,
    kind,
    depth: guide.depth,
    online: record?.online ?? false,
    fullyOnline: guide.depth === 3,
    terminal: record?.terminal ?? false,
    socialAffairs: record?.objects.includes('1') ?? false,
    visits: guide.visits,
    legalLimit: guide.limits.legal,
    promisedLimit: guide.limits.promised,
    materials: materials.length,
    materialsBefore: first.materials.length,
  };
}
