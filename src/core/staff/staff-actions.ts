import type { Database } from 'better-sqlite3';
import type { Audit } from '../audit/audit-trail.ts';

type StaffActionKind =
  | 'signed-in'
  | 'sign-in-refused'
  | 'signed-out'
  | 'page-opened'
  | 'device-closed'
  | 'device-opened'
  | 'device-tried';

type LaterActionKind = 'record-sent-again';

export interface StaffAction {
  /** ISO 8601 with the hall's offset. */
  readonly at: string;
  /** Number of the account; {@link UNKNOWN_STAFF} for a number that nobody has, which may be anything somebody typed. */
  readonly staff: string;
  readonly action: StaffActionKind;
  /** A page or a device. */
  readonly subject?: string;
  readonly detail?: string;
}

export const UNKNOWN_STAFF = 'unknown';

/** Who did what at the kiosk, and when. The table itself refuses to change or lose a row. */
export class StaffActions {
  readonly #database: Database;
  readonly #audit: Audit;

  constructor(database: Database, audit: Audit) {
    this.#database = database;
    this.#audit = audit;
  }

  add({ at, staff, action, subject, detail }: StaffAction): void {
    this.#database
      .prepare<(string | null)[]>(
        'INSERT INTO staff_action (at, staff, action, subject, detail) VALUES (?, ?, ?, ?, ?)',
      )
      .run(at, staff, action, subject ?? null, detail ?? null);
    const target = subject ?? 'kiosk';
    this.#audit.append({ who: `staff:${staff}`, what: `staff-${action}`, target, outcome: detail ?? 'done' });
  }

  /** A deed of a kind that came later than the table, whose list of words is fixed: the audit alone tells of it. */
  addToAudit(staff: string, action: LaterActionKind, subject: string, detail: string): void {
    this.#audit.append({ who: `staff:${staff}`, what: `staff-${action}`, target: subject, outcome: detail });
  }

  /** Times of the last wrong tries under a number since somebody last signed in with it, latest first. */
  wrongTries(staff: string, most: number): string[] {
    return this.#database
      .prepare<[string, string, number], string>(
        `SELECT at FROM staff_action
         WHERE staff = ? AND action = 'sign-in-refused'
           AND id > coalesce((SELECT max(id) FROM staff_action WHERE staff = ? AND action = 'signed-in'), 0)
         ORDER BY id DESC LIMIT ?`,
      )
      .pluck()
      .all(staff, staff, most);
  }

  /** Who signed in last and not out. */
  stillIn(): string | undefined {
    const last = this.#database
      .prepare<[], { staff: string; action: string }>(
        `SELECT staff, action FROM staff_action WHERE action IN ('signed-in', 'signed-out') ORDER BY id DESC LIMIT 1`,
      )
      .get();
    return last?.action === 'signed-in' ? last.staff : undefined;
  }
}
