import { parseItemCode } from '../../domain/item-code.ts';
import { refused } from '../../domain/result.ts';
import { CatalogueItems, type ListedItem } from './catalogue-items.ts';
import { judgeItem, type ItemVerdict } from './judge-item.ts';

/** A word to staff about one catalogue file: never personal data, since the catalogue has none. */
export interface CatalogueNotice {
  readonly file: string;
  /** The first problem, led by its path inside the file. */
  readonly problem: string;
}

/** An item by the name of its file, or by its code. */
export interface CatalogueText {
  readonly name: string;
  /** Of the text, where it is known. */
  readonly sha256?: string;
  /** Gives the text, the same each time; throws when it cannot be read. */
  readonly read: () => string;
}

/**
 * What the kiosk can offer, in the order it was given. Reading and checking an item takes a fraction of a millisecond, so a
 * start does not wait for all of them: they are checked one by one in idle moments, or all the rest at once when somebody asks
 * for the list earlier.
 */
export class Catalogue {
  readonly #items = new CatalogueItems();
  readonly #leftOut: CatalogueNotice[] = [];
  readonly #doubtful: CatalogueNotice[] = [];
  readonly #nameOfBasic = new Map<string, string>();
  readonly #codeOfName = new Map<string, string>();
  readonly #unchecked: Iterator<CatalogueText>;
  readonly #known: ReadonlyMap<string, ItemVerdict>;
  readonly #verdicts = new Map<string, ItemVerdict>();
  /** How many items there are, broken ones among them. */
  readonly size: number;

  /** `known`: by SHA-256, what was found of texts before. */
  constructor(texts: readonly CatalogueText[], known: ReadonlyMap<string, ItemVerdict> = new Map()) {
    this.#unchecked = texts.values();
    this.#known = known;
    this.size = texts.length;
  }

  /** Checks what is not checked yet. */
  get items(): CatalogueItems {
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

  /** By SHA-256, what was found of the texts checked so far. */
  get verdicts(): ReadonlyMap<string, ItemVerdict> {
    return this.#verdicts;
  }

  hasValidItem(): boolean {
    while (this.#items.size === 0 && this.checkNext());
    return this.#items.size > 0;
  }

  /** Checks one more; false when there was none. */
  checkNext(): boolean {
    const next = this.#unchecked.next();
    if (next.done) return false;
    const { name: file, read } = next.value;
    const verdict = this.#judge(next.value);
    if (!verdict.ok) {
      this.#leftOut.push({ file, problem: verdict.detail ?? verdict.reason });
      return true;
    }
    const { listed, warning } = verdict.value;
    const { code } = listed.summary;
    if (this.#items.has(code)) {
      this.#leftOut.push({ file, problem: `code: ${code} is already in the catalogue` });
      return true;
    }
    const problem = warning ?? this.#codeDoubt(listed);
    if (problem !== undefined) this.#doubtful.push({ file, problem });
    this.#items.add(listed, read);
    return true;
  }

  #judge({ sha256, read }: CatalogueText): ItemVerdict {
    const verdict = (sha256 === undefined ? undefined : this.#known.get(sha256)) ?? readAndJudge(read);
    if (sha256 !== undefined) this.#verdicts.set(sha256, verdict);
    return verdict;
  }

  /** 同一事项同一编码: the same basic code under two names, or the same name under two basic codes. */
  #codeDoubt({ summary: { code, name } }: ListedItem): string | undefined {
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

function readAndJudge(read: () => string): ItemVerdict {
  let text: string;
  try {
    text = read();
  } catch (error) {
    return refused('broken', error instanceof Error ? error.message : 'unreadable');
  }
  return judgeItem(text);
}
