import type { Database, Statement } from 'better-sqlite3';
import { lastSerial } from '../../domain/provisional-number.ts';

/** What stays here of a case: enough to find it and nothing about the person. */
export interface CaseRecord {
  readonly id: string;
  readonly provisionalNumber: string;
  readonly receiptCode: string;
  readonly officialNumber: string | null;
  readonly itemCode: string;
  readonly itemVersion: number;
  readonly itemName: string;
  readonly department: string;
  /** ISO 8601 with offset, by this kiosk's clock. */
  readonly handedInAt: string;
  /** ISO 8601 with offset, by the platform's clock. */
  readonly receivedAt: string | null;
}

type NewCase = Omit<CaseRecord, 'officialNumber' | 'receivedAt'>;

const SELECT_CASE = `SELECT id, provisional_number AS provisionalNumber, receipt_code AS receiptCode,
  official_number AS officialNumber, item_code AS itemCode, item_version AS itemVersion, item_name AS itemName,
  department, handed_in_at AS handedInAt, received_at AS receivedAt FROM case_record`;

export class CaseRecords {
  readonly #database: Database;
  readonly #serial: Statement<[string], number>;
  readonly #lastSerial: Statement<[string], number>;
  readonly #add: Statement<[NewCase]>;
  readonly #bind: Statement<[string, string, string]>;

  constructor(database: Database) {
    this.#database = database;
    this.#serial = database
      .prepare<[string], number>(
        `INSERT INTO serial (day, last) VALUES (?, 1) ON CONFLICT (day) DO UPDATE SET last = last + 1 RETURNING last`,
      )
      .pluck();
    this.#lastSerial = database.prepare<[string], number>('SELECT last FROM serial WHERE day = ?').pluck();
    this.#add = database.prepare(
      `INSERT INTO case_record
         (id, provisional_number, receipt_code, item_code, item_version, item_name, department, handed_in_at)
       VALUES
         (@id, @provisionalNumber, @receiptCode, @itemCode, @itemVersion, @itemName, @department, @handedInAt)`,
    );
    this.#bind = database.prepare('UPDATE case_record SET official_number = ?, received_at = ? WHERE id = ?');
  }

  /** The next serial number of a day, from 1. Inside the transaction that uses it, so that none is skipped. */
  takeSerial(day: string): number {
    const serial = this.#serial.get(day);
    if (serial === undefined) throw new Error('no serial');
    return serial;
  }

  /** How many cases can still be numbered on a day. */
  serialsLeft(day: string): number {
    return Math.max(0, lastSerial - (this.#lastSerial.get(day) ?? 0));
  }

  /** Leaves out numbers that may be on paper already. */
  skipSerials(day: string, count: number): void {
    this.#database
      .prepare<[string, number]>(
        `INSERT INTO serial (day, last) VALUES (?, ?) ON CONFLICT (day) DO UPDATE SET last = last + excluded.last`,
      )
      .run(day, count);
  }

  add(record: NewCase): void {
    this.#add.run(record);
  }

  bind(id: string, officialNumber: string, receivedAt: string): void {
    this.#bind.run(officialNumber, receivedAt, id);
  }

  get(id: string): CaseRecord | undefined {
    return this.#database.prepare<[string], CaseRecord>(`${SELECT_CASE} WHERE id = ?`).get(id);
  }

  /** By provisional number, official number or receipt code. */
  find(number: string): CaseRecord | undefined {
    return this.#database
      .prepare<[{ number: string }], CaseRecord>(
        `${SELECT_CASE}
         WHERE provisional_number = @number OR official_number = @number OR receipt_code = @number
         ORDER BY handed_in_at DESC LIMIT 1`,
      )
      .get({ number });
  }

  /** Cases without an official number that were handed in before then (ISO 8601 with the hall's offset). */
  unregisteredSince(before: string): number {
    const count = this.#database
      .prepare<[string], number>('SELECT count(*) FROM case_record WHERE official_number IS NULL AND handed_in_at < ?')
      .pluck()
      .get(before);
    return count ?? 0;
  }
}
