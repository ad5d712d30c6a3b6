import type { Database } from 'better-sqlite3';
import { type ParkedRecord, parkedKind } from '../../contract/staff-api.ts';
import { PARKED_SHOWN } from '../limits.ts';
import type { KioskOutbox } from './kiosk-outbox.ts';
import type { LibraryDeliveries } from './library-deliveries.ts';
import type { Outbox } from './outbox.ts';

export interface ParkedRecordsDeps {
  readonly database: Database;
  readonly outbox: Pick<Outbox, 'sendAgain'>;
  readonly kioskOutbox: Pick<KioskOutbox, 'sendAgain'>;
  readonly library: Pick<LibraryDeliveries, 'sendAgain'>;
}

type Row = Omit<ParkedRecord, 'kind' | 'number'> & { readonly kind: string; readonly number: string | null };

const parkedOf = (table: string, target: ParkedRecord['target'], number: string) => `
  SELECT p.id, '${target}' AS target, p.step AS kind, ${number} AS number, coalesce(p.reason, 'unknown') AS reason, p.created_at AS at
  FROM ${table} AS p WHERE p.state = 'needs-staff'`;
const ofCase = '(SELECT c.provisional_number FROM case_record AS c WHERE c.id = p.case_id)';

/** What no repetition could help, wherever it was to go, until somebody has it sent again. */
export class ParkedRecords {
  readonly #deps: ParkedRecordsDeps;

  constructor(deps: ParkedRecordsDeps) {
    this.#deps = deps;
  }

  /** The oldest first, {@link PARKED_SHOWN} at the most. Nothing of a person is in it. */
  list(): ParkedRecord[] {
    const rows = this.#deps.database
      .prepare<[number], Row>(
        `${parkedOf('outbox', 'platform', ofCase)} UNION ALL ${parkedOf('library_delivery', 'case-library', ofCase)}
         UNION ALL ${parkedOf('kiosk_outbox', 'platform', 'NULL')} ORDER BY at, id LIMIT ?`,
      )
      .all(PARKED_SHOWN);
    return rows.map(({ kind, number, ...rest }) => ({
      ...rest,
      kind: parkedKind.safeParse(kind).data ?? 'other',
      ...(number !== null && { number }),
    }));
  }

  /** Puts one back into its queue. False when it is not parked (any more). */
  sendAgain(target: ParkedRecord['target'], id: string, now: number): boolean {
    const { outbox, kioskOutbox, library } = this.#deps;
    if (target === 'case-library') return library.sendAgain(id, now);
    return outbox.sendAgain(id, now) || kioskOutbox.sendAgain(id, now);
  }
}
