import type { Database } from 'better-sqlite3';
import { type Announcement, type Change, knownChange, type KnownChange } from '../../contract/changes.ts';
import { secrecyOf } from '../../domain/secrecy.ts';
import { hallTime } from '../hall-time.ts';
import type { Seal } from '../store/seal.ts';

interface Row {
  readonly id: string;
  readonly kind: string;
  readonly payload: Buffer;
}

/** What came from the platform, each change once, and how far its list was read. Written inside the caller's transaction. */
export class IncomingChanges {
  readonly #database: Database;
  readonly #seal: Seal;

  constructor(database: Database, seal: Seal) {
    this.#database = database;
    this.#seal = seal;
  }

  /** Where the platform's list goes on; empty at its beginning. */
  cursor(): string {
    return this.#database.prepare<[], string>('SELECT cursor FROM down_link').pluck().get() ?? '';
  }

  /** When the list was last read to its end. */
  readAt(): string | undefined {
    return this.#database.prepare<[], string>(`SELECT read_at FROM down_link WHERE read_at <> ''`).pluck().get();
  }

  moveTo(cursor: string): void {
    this.#database
      .prepare<[string]>(
        `INSERT INTO down_link (id, cursor, read_at) VALUES (1, ?, '') ON CONFLICT (id) DO UPDATE SET cursor = excluded.cursor`,
      )
      .run(cursor);
  }

  /** Nothing is behind the cursor. */
  reachEnd(now: Date): void {
    this.#database.prepare<[string]>('UPDATE down_link SET read_at = ?').run(hallTime(now));
  }

  /** False when it was here before. */
  add({ id, kind, at, content }: Change, now: Date): boolean {
    const caseId = typeof content['caseId'] === 'string' ? content['caseId'] : null;
    // Configuration has a place of its own, and names staff.
    const own = kind === 'configuration';
    const payload = own ? null : this.#seal.seal(Buffer.from(JSON.stringify(content), 'utf8'), id);
    const { changes } = this.#database
      .prepare<[string, string, string | null, string, string, Buffer | null]>(
        `INSERT INTO incoming_change (id, position, kind, case_id, at, taken_at, payload)
         VALUES (?, (SELECT coalesce(max(position), 0) + 1 FROM incoming_change), ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO NOTHING`,
      )
      .run(id, kind, caseId, at, hallTime(now), payload);
    return changes > 0;
  }

  /** All that was told about a case and still says something, in its order. */
  about(caseId: string): KnownChange[] {
    return this.#read(
      this.#database
        .prepare<[string], Row>(
          `SELECT id, kind, payload FROM incoming_change
         WHERE case_id = ? AND payload IS NOT NULL ORDER BY position`,
        )
        .all(caseId),
    );
  }

  /** Those whose time it is, newest first; none without an open stamp, not even in place of an earlier one that has it. */
  announcements(now: Date): Announcement[] {
    const rows = this.#database
      .prepare<[], Row>(
        `SELECT id, kind, payload FROM incoming_change
         WHERE kind = 'announcement' AND payload IS NOT NULL ORDER BY position`,
      )
      .all();
    const told = this.#read(rows).flatMap((change) => (change.kind === 'announcement' ? [change.content] : []));
    const newest = new Map(told.map((one) => [one.announcement, one]));
    const isNow = ({ from, until }: Announcement) =>
      Date.parse(from) <= now.getTime() && now.getTime() < Date.parse(until);
    return [...newest.values()].filter((one) => isNow(one) && secrecyOf(one) === 'open').toReversed();
  }

  /** Lets go of content that came before then. Answers how many that were. */
  forget(before: string): number {
    return this.#database
      .prepare<[string]>('UPDATE incoming_change SET payload = NULL WHERE taken_at < ? AND payload IS NOT NULL')
      .run(before).changes;
  }

  /** What cannot be opened (another device key) or is not understood is passed over. */
  #read(rows: readonly Row[]): KnownChange[] {
    return rows.flatMap(({ id, kind, payload }) => {
      const opened = this.#seal.open(payload, id);
      if (!opened.ok) return [];
      return knownChange.safeParse({ kind, content: JSON.parse(opened.value.toString('utf8')) }).data ?? [];
    });
  }
}
