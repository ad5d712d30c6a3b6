import type { Database } from 'better-sqlite3';
import { type CaseSupply, caseSupply } from '../../contract/case-calls.ts';
import { done, refused, type Result } from '../../domain/result.ts';
import type { Seal } from '../store/seal.ts';
import { parseJson } from '../sync/transport.ts';

interface NewSupplement {
  readonly id: string;
  /** Provisional number of the case. */
  readonly number: string;
  /** Tells one notice about the case from the next. */
  readonly notice: string;
  /** ISO 8601 with offset */
  readonly handedInAt: string;
  readonly content: CaseSupply;
}

/** What was handed in on a notice: sealed until some time after the platform has it. Written inside the caller's transaction. */
export class SupplementRecords {
  readonly #database: Database;
  readonly #seal: Seal;

  constructor(database: Database, seal: Seal) {
    this.#database = database;
    this.#seal = seal;
  }

  add({ id, number, notice, handedInAt, content }: NewSupplement): void {
    const payload = this.#seal.seal(Buffer.from(JSON.stringify(content), 'utf8'), id);
    this.#database
      .prepare<[string, string, string, string, Buffer]>(
        'INSERT INTO supplement (id, number, notice, handed_in_at, payload) VALUES (?, ?, ?, ?, ?)',
      )
      .run(id, number, notice, handedInAt, payload);
    const page = this.#database.prepare<[string, string]>(
      'INSERT INTO supplement_page (id, supplement_id) VALUES (?, ?)',
    );
    for (const { pages } of content.materials) for (const { id: pageId } of pages) page.run(pageId, id);
  }

  /** When the notice was answered here (ISO 8601 with offset); undefined when it was not. */
  answeredAt(number: string, notice: string): string | undefined {
    return this.#database
      .prepare<[string, string], string>('SELECT handed_in_at FROM supplement WHERE number = ? AND notice = ?')
      .pluck()
      .get(number, notice);
  }

  /** `sealed-broken`: other device key or changed bytes. `content-broken`: what was sealed is not what this version sends. */
  read(id: string): Result<CaseSupply, 'payload-missing' | 'sealed-broken' | 'content-broken'> {
    const payload = this.#database
      .prepare<[string], Buffer | null>('SELECT payload FROM supplement WHERE id = ?')
      .pluck()
      .get(id);
    if (!payload) return refused('payload-missing');
    const opened = this.#seal.open(payload, id);
    if (!opened.ok) return refused('sealed-broken');
    const parsed = caseSupply.safeParse(parseJson(opened.value.toString('utf8')));
    return parsed.success ? done(parsed.data) : refused('content-broken');
  }

  /** Where the upload of a page was begun. */
  uploadOf(pageId: string): string | null {
    const upload = this.#database
      .prepare<[string], string | null>('SELECT upload FROM supplement_page WHERE id = ?')
      .pluck()
      .get(pageId);
    return upload ?? null;
  }

  keepUpload(pageId: string, url: string): void {
    this.#database.prepare<[string, string]>('UPDATE supplement_page SET upload = ? WHERE id = ?').run(url, pageId);
  }

  arrived(id: string, at: string): void {
    this.#database.prepare<[string, string]>('UPDATE supplement SET arrived_at = ? WHERE id = ?').run(at, id);
  }

  /** Pages that have a file. */
  pageIds(): IterableIterator<string> {
    return this.#database.prepare<[], string>('SELECT id FROM supplement_page').pluck().iterate();
  }

  /** Those that the platform has had since before then, each with its pages. */
  erasable(arrivedBefore: string): { readonly id: string; readonly pages: readonly string[] }[] {
    const ids = this.#database
      .prepare<[string], string>('SELECT id FROM supplement WHERE arrived_at < ? AND payload IS NOT NULL')
      .pluck()
      .all(arrivedBefore);
    const pages = this.#database
      .prepare<[string], string>('SELECT id FROM supplement_page WHERE supplement_id = ?')
      .pluck();
    return ids.map((id) => ({ id, pages: pages.all(id) }));
  }

  /** Lets go of what was handed in; call when the files of its pages are gone. */
  erase(id: string): void {
    this.#database.prepare<[string]>('UPDATE supplement SET payload = NULL WHERE id = ?').run(id);
    this.#database.prepare<[string]>('DELETE FROM supplement_page WHERE supplement_id = ?').run(id);
  }
}
