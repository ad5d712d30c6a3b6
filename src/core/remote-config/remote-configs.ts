import type { Database } from 'better-sqlite3';
import type { Seal } from '../store/seal.ts';

/**
 * `accepted`: believed, not tried yet. `trial`: the kiosk starts with it and has not shown that it works. `proven`: it does.
 * `returned`: it does not, and is never tried again.
 */
type RemoteState = 'accepted' | 'trial' | 'proven' | 'returned';

export interface RemoteRow {
  readonly version: number;
  readonly state: RemoteState;
  /** How often the kiosk started with it as a trial. */
  readonly starts: number;
}

/** Signed configurations that were believed. Written inside the caller's transaction. */
export class RemoteConfigs {
  readonly #database: Database;
  readonly #seal: Seal;

  constructor(database: Database, seal: Seal) {
    this.#database = database;
    this.#seal = seal;
  }

  /** @param effectiveAt ISO 8601 with offset */
  add(version: number, effectiveAt: string, signed: unknown): void {
    const payload = this.#seal.seal(Buffer.from(JSON.stringify(signed), 'utf8'), String(version));
    this.#database
      .prepare<[number, string, Buffer]>(
        `INSERT INTO remote_config (version, state, effective_at, payload) VALUES (?, 'accepted', ?, ?)`,
      )
      .run(version, new Date(effectiveAt).toISOString(), payload);
  }

  /** The highest version there ever was; 0 before the first. */
  highest(): number {
    return this.#database.prepare<[], number | null>('SELECT max(version) FROM remote_config').pluck().get() ?? 0;
  }

  /** As it was signed; nothing when it is not here or cannot be opened. */
  signed(version: number): unknown {
    const payload = this.#database
      .prepare<[number], Buffer>('SELECT payload FROM remote_config WHERE version = ?')
      .pluck()
      .get(version);
    const opened = payload && this.#seal.open(payload, String(version));
    return opened?.ok ? JSON.parse(opened.value.toString('utf8')) : undefined;
  }

  /**
   * Those whose time has come and that were not given up, newest first. What was in force once stays so whatever the clock
   * says: one without a battery starts years back.
   */
  due(now: Date): RemoteRow[] {
    return this.#database
      .prepare<[string], RemoteRow>(
        `SELECT version, state, starts FROM remote_config
         WHERE state = 'proven' OR state = 'trial' OR (state = 'accepted' AND effective_at <= ?) ORDER BY version DESC`,
      )
      .all(now.toISOString());
  }

  /** One more start as a trial. */
  tryOut(version: number): void {
    this.#database
      .prepare<[number]>(`UPDATE remote_config SET state = 'trial', starts = starts + 1 WHERE version = ?`)
      .run(version);
  }

  become(version: number, state: 'proven' | 'returned'): void {
    this.#database
      .prepare<[string, number]>('UPDATE remote_config SET state = ? WHERE version = ?')
      .run(state, version);
  }
}
