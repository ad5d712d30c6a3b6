import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseItemCode } from '../../domain/item-code.ts';
import { checkItem } from '../../domain/item-rules.ts';
import { catalogueItem, type CatalogueItem } from '../../domain/item.ts';
import { done, refused, type Result } from '../../domain/result.ts';

/** A word to staff about one catalogue file: never personal data, since the catalogue has none. */
export interface CatalogueNotice {
  readonly file: string;
  /** The first problem, led by its path inside the file. */
  readonly problem: string;
}

/** What the kiosk can offer, by 实施编码, in the order of the file names. */
export interface Catalogue {
  readonly items: ReadonlyMap<string, CatalogueItem>;
  /** Items that are not offered. */
  readonly leftOut: readonly CatalogueNotice[];
  /** Items that are offered although something looks wrong. */
  readonly doubtful: readonly CatalogueNotice[];
}

/**
 * Reads every `*.json` of a folder. One broken file never takes the others down: it is left out and named.
 * `folder-unreadable`: no such folder, or no right to read it. `no-valid-item`: nothing left to offer; the detail names
 * the first broken file.
 */
export async function loadCatalogue(folder: string): Promise<Result<Catalogue, 'folder-unreadable' | 'no-valid-item'>> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    return refused('folder-unreadable', error instanceof Error ? error.message : folder);
  }
  const items = new Map<string, CatalogueItem>();
  const leftOut: CatalogueNotice[] = [];
  const doubtful: CatalogueNotice[] = [];
  for (const file of names.filter((name) => name.endsWith('.json')).toSorted()) {
    // One after the other: the order decides which of two items with the same code is kept.
    const read = await readItem(join(folder, file));
    if (!read.ok) {
      leftOut.push({ file, problem: read.detail ?? read.reason });
      continue;
    }
    const { item, warning } = read.value;
    if (items.has(item.code)) {
      leftOut.push({ file, problem: `code: ${item.code} is already in the catalogue` });
      continue;
    }
    const likeness = warning ?? codeDoubt(item, items.values());
    if (likeness) doubtful.push({ file, problem: likeness });
    items.set(item.code, item);
  }
  const first = leftOut[0];
  if (items.size === 0) {
    return refused('no-valid-item', first ? `${first.file}: ${first.problem}` : 'the folder has no item files');
  }
  return done({ items, leftOut, doubtful });
}

type ReadItem = Result<{ item: CatalogueItem; warning: string | undefined }, 'broken'>;

async function readItem(path: string): Promise<ReadItem> {
  let raw: unknown;
  try {
    raw = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    return refused('broken', error instanceof Error ? error.message : 'unreadable');
  }
  const parsed = catalogueItem.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return refused('broken', `${issue?.path.join('.') || '(top)'}: ${issue?.message ?? 'not an item'}`);
  }
  const problems = checkItem(parsed.data).map(({ path: at, problem, weight }) => ({
    text: `${at}: ${problem}`,
    weight,
  }));
  const stop = problems.find(({ weight }) => weight === 'stop');
  if (stop) return refused('broken', stop.text);
  return done({ item: parsed.data, warning: problems[0]?.text });
}

/** 同一事项同一编码: the same basic code under two names, or the same name under two basic codes. */
function codeDoubt(item: CatalogueItem, others: Iterable<CatalogueItem>): string | undefined {
  for (const other of others) {
    const sameCode = basicCode(item) === basicCode(other);
    const sameName = item.name === other.name;
    if (sameCode !== sameName) {
      return sameCode
        ? `code: the basic code is that of ${other.name} too`
        : `name: ${other.name} has another basic code in ${other.code}`;
    }
  }
  return undefined;
}

function basicCode(item: CatalogueItem): string | undefined {
  const parsed = parseItemCode(item.code);
  return parsed.ok ? parsed.value.basic : undefined;
}
