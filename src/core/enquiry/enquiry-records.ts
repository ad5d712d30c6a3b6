import type { Database } from 'better-sqlite3';
import { type EnquirySubmission, enquirySubmission } from '../../contract/enquiry-calls.ts';
import { done, refused, type Result } from '../../domain/result.ts';
import type { Seal } from '../store/seal.ts';
import { parseJson } from '../sync/transport.ts';

/** What people wrote, sealed, from the hand-in until the platform has it. */
export class EnquiryRecords {
  readonly #database: Database;
  readonly #seal: Seal;

  constructor(database: Database, seal: Seal) {
    this.#database = database;
    this.#seal = seal;
  }

  add(enquiry: EnquirySubmission): void {
    const payload = this.#seal.seal(Buffer.from(JSON.stringify(enquiry), 'utf8'), enquiry.id);
    this.#database
      .prepare<[string, Buffer]>('INSERT INTO enquiry_content (id, payload) VALUES (?, ?)')
      .run(enquiry.id, payload);
  }

  /** `sealed-broken`: other device key or changed bytes. `content-broken`: what was sealed is not what this version sends. */
  read(id: string): Result<EnquirySubmission, 'payload-missing' | 'sealed-broken' | 'content-broken'> {
    const payload = this.#database
      .prepare<[string], Buffer>('SELECT payload FROM enquiry_content WHERE id = ?')
      .pluck()
      .get(id);
    if (!payload) return refused('payload-missing');
    const opened = this.#seal.open(payload, id);
    if (!opened.ok) return refused('sealed-broken');
    const parsed = enquirySubmission.safeParse(parseJson(opened.value.toString('utf8')));
    return parsed.success ? done(parsed.data) : refused('content-broken');
  }

  remove(id: string): void {
    this.#database.prepare<[string]>('DELETE FROM enquiry_content WHERE id = ?').run(id);
  }
}
