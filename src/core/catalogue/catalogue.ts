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

/** An item as it was read, or why it could not be. `name`: of its file, or its code. */
export type CatalogueText =
  | { readonly name: string; readonly text: string }
  | { readonly name: string; readonly failure: string };

/**
 * What the kiosk can offer, in the order it was given. Checking an item costs a millisecond, so a start does not wait for
 * sixty: they are checked one by one in idle moments, or all the rest at once when somebody asks for the list earlier.
 */
export class Catalogue {
  readonly #items = new Map<string, CatalogueItem>();
  readonly #leftOut: CatalogueNotice[] = [];
  readonly #doubtful: CatalogueNotice[] = [];
  readonly #nameOfBasic = new Map<string, string>();
  readonly #codeOfName = new Map<string, string>();
  readonly #unchecked: Iterator<CatalogueText>;
  /** How many items there are, broken ones among them. */
  readonly size: number;

  constructor(texts: readonly CatalogueText[]) {
    this.#unchecked = texts.values();
    this.size = texts.length;
  }

  /** By 实施编码. Checks what is not checked yet. */
  get items(): ReadonlyMap<string, CatalogueItem> {
    while (this.checkNext());
    return this.#items;
  }

  /** Items that are not offered, among those checked so far. */
  get leftOut(): readonly CatalogueNotice[] {
    return this.#leftOut;
  }

  /** Items that are offered although something looks wrong, among those checked so far. */
  get doubtful(): readonly CatalogueNotice[] {
    return this.#doubtful;
  }

  hasValidItem(): boolean {
    while (this.#items.size === 0 && this.checkNext());
    return this.#items.size > 0;
  }

  /** Checks one more; false when there was none. */
  checkNext(): boolean {
    const next = this.#unchecked.next();
    if (next.done) return false;
    const { name: file } = next.value;
    const read = readItem(next.value);
    if (!read.ok) {
      this.#leftOut.push({ file, problem: read.detail ?? read.reason });
      return true;
    }
    const { item, warning } = read.value;
    if (this.#items.has(item.code)) {
      this.#leftOut.push({ file, problem: `code: ${item.code} is already in the catalogue` });
      return true;
    }
    const problem = warning ?? this.#codeDoubt(item);
    if (problem !== undefined) this.#doubtful.push({ file, problem });
    this.#items.set(item.code, item);
    return true;
  }

  /** 同一事项同一编码: the same basic code under two names, or the same name under two basic codes. */
  #codeDoubt({ code, name }: CatalogueItem): string | undefined {
    const basic = basicOf(code);
    const otherName = this.#nameOfBasic.get(basic);
    const otherCode = this.#codeOfName.get(name);
    if (otherName === undefined) this.#nameOfBasic.set(basic, name);
    if (otherCode === undefined) this.#codeOfName.set(name, code);
    if (otherName !== undefined && otherName !== name) return `code: the basic code is that of ${otherName} too`;
    return otherCode !== undefined && basicOf(otherCode) !== basic
      ? `name: ${name} has another basic code in ${otherCode}`
      : undefined;
  }
}

function basicOf(code: string): string {
  const parsed = parseItemCode(code);
  return parsed.ok ? parsed.value.basic : code;
}

type ReadItem = Result<{ item: CatalogueItem; warning: string | undefined }, 'broken'>;

function readItem(read: CatalogueText): ReadItem {
  if ('failure' in read) return refused('broken', read.failure);
  let raw: unknown;
  try {
    raw = JSON.parse(read.text);
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
