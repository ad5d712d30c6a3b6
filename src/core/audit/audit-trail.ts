import type { Database, Statement } from 'better-sqlite3';
import { hallTime } from '../hall-time.ts';
import { CHAIN_START, hashRow, type AuditEvent, type AuditRow, type AuditWhat } from './chain.ts';

/** The newest row of the chain: whoever notes it down can later prove that nothing before it was changed. */
export interface AuditHead {
  readonly sequence: number;
  readonly hash: Buffer;
}

/** Who did what, when and with what result: rows are only ever added, each hashed over the one before. */
export class AuditTrail {
  readonly #now: () => Date;
  readonly #head: Statement<[], AuditHead>;
  readonly #insert: Statement<[AuditRow & { readonly hash: Buffer }]>;
  readonly #last: Statement<[string], AuditRow>;
  readonly #latest: Statement<[], string>;

  constructor(database: Database, now: () => Date) {
    this.#now = now;
    this.#head = database.prepare('SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1');
    this.#insert = database.prepare(
      `INSERT INTO audit (sequence, at, who, what, target, outcome, hash)
       VALUES (@sequence, @at, @who, @what, @target, @outcome, @hash)`,
    );
    this.#last = database.prepare(
      'SELECT sequence, at, who, what, target, outcome FROM audit WHERE what = ? ORDER BY sequence DESC LIMIT 1',
    );
    this.#latest = database.prepare<[], string>('SELECT at FROM audit ORDER BY sequence DESC LIMIT 1').pluck();
  }

  /** To be called inside the transaction of what it tells, so that neither is there without the other. */
  append({ who, what, target, outcome }: AuditEvent): void {
    const head = this.head();
    const row = { sequence: head.sequence + 1, at: hallTime(this.#now()), who, what, target, outcome };
    this.#insert.run({ ...row, hash: hashRow(head.hash, row) });
  }

  /** Number 0 and the start of the chain when there is no row yet. */
  head(): AuditHead {
    return this.#head.get() ?? { sequence: 0, hash: Buffer.from(CHAIN_START) };
  }

  /** The newest row of one kind. */
  last(what: AuditWhat): AuditRow | undefined {
    return this.#last.get(what);
  }

  /** When the newest row was written. */
  latestAt(): string | undefined {
    return this.#latest.get();
  }
}

/** What those who report to it need. */
export type Audit = Pick<AuditTrail, 'append'>;
