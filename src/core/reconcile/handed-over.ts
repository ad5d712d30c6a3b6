import type { Database, Statement } from 'better-sqlite3';
import type { ComparedKind } from '../../contract/reconciliation.ts';
import type { RecordDigest } from '../../domain/reconciliation.ts';

interface Row {
  readonly id: string;
  readonly digest: Buffer;
}

/** Tickets came later, and a version before must go on reading the first table. */
const tables = {
  case: 'handed_over',
  rating: 'handed_over',
  'queue-ticket': 'handed_over_ticket',
} as const satisfies Record<ComparedKind, string>;

/** What the platform acknowledged, and on which days both sides were compared. Written inside the caller's transaction. */
export class HandedOver {
  readonly #database: Database;
  readonly #add: Statement<[string, string, string, Uint8Array]>;
  readonly #addTicket: Statement<[string, string, Uint8Array]>;

  constructor(database: Database) {
    this.#database = database;
    this.#add = database.prepare(
      'INSERT INTO handed_over (id, kind, day, digest) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
    );
    this.#addTicket = database.prepare(
      'INSERT INTO handed_over_ticket (id, day, digest) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING',
    );
  }

  /**
   * @param day YYYY-MM-DD at the hall of the platform's receipt
   * @param digest SHA-256 of the content as canonical JSON
   */
  add(id: string, kind: ComparedKind, day: string, digest: Uint8Array): void {
    if (kind === 'queue-ticket') this.#addTicket.run(id, day, digest);
    else this.#add.run(id, kind, day, digest);
  }

  of(day: string, kind: ComparedKind): RecordDigest[] {
    const ofKind = kind === 'queue-ticket' ? '' : `AND kind = '${kind}'`;
    const rows = this.#database
      .prepare<[string], Row>(`SELECT id, digest FROM ${tables[kind]} WHERE day = ? ${ofKind}`)
      .all(day);
    return rows.map(({ id, digest }) => ({ id, digest: digest.toString('hex') }));
  }

  /** The newest day that was compared, up to a day: a clock that ran ahead may have left later ones. */
  lastCompared(until: string): string | undefined {
    const newest = this.#database.prepare<[string], string | null>(
      'SELECT max(day) FROM reconciliation WHERE day <= ?',
    );
    return newest.pluck().get(until) ?? undefined;
  }

  /** What arrived before this table was there is not in it. */
  isIncomplete(): boolean {
    const found = this.#database
      .prepare(
        `SELECT 1 FROM case_record WHERE official_number IS NOT NULL AND NOT EXISTS (SELECT 1 FROM handed_over) LIMIT 1`,
      )
      .get();
    return found !== undefined;
  }

  /** Days whose records were found to differ and not yet to be the same again. */
  different(): string[] {
    return this.#database
      .prepare<[], string>(`SELECT day FROM reconciliation WHERE outcome = 'different' ORDER BY day`)
      .pluck()
      .all();
  }

  /** Of a day on which both agree nothing needs to be remembered: digests say something of what they were made from. */
  settle(day: string, at: string, outcome: 'same' | 'different'): void {
    this.#database
      .prepare<[string, string, string]>(
        `INSERT INTO reconciliation (day, at, outcome) VALUES (?, ?, ?)
         ON CONFLICT (day) DO UPDATE SET at = excluded.at, outcome = excluded.outcome`,
      )
      .run(day, at, outcome);
    if (outcome === 'same') this.#delete('day = ?', day);
  }

  forget(before: string): void {
    this.#delete('day < ?', before);
    this.#database.prepare<[string]>('DELETE FROM reconciliation WHERE day < ?').run(before);
  }

  #delete(where: string, day: string): void {
    for (const table of new Set(Object.values(tables)))
      this.#database.prepare<[string]>(`DELETE FROM ${table} WHERE ${where}`).run(day);
  }
}
