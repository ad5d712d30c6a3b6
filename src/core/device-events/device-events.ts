import type { Database } from 'better-sqlite3';
import type { DeviceEventKind, DeviceEventSubmission } from '../../contract/platform-api.ts';

/** One event as it is kept; the kiosk's own id goes with each when it is sent. */
export type DeviceEvent = Omit<DeviceEventSubmission, 'kioskId'>;
type Row = Omit<DeviceEvent, 'reason'> & { readonly reason: string | null };

/** What a device was last said to be. */
export interface LastTold {
  readonly kind: DeviceEventKind;
  readonly reason: string | null;
}

/** What happened at devices, in its order. Kept when it arrived: what a device was last said to be counts. */
export class DeviceEvents {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  add({ reason, ...event }: DeviceEvent): void {
    this.#database
      .prepare<[Row]>(
        `INSERT INTO device_event (id, device, class, driver, kind, reason, at, state)
         VALUES (@id, @device, @class, @driver, @kind, @reason, @at, 'waiting')`,
      )
      .run({ ...event, reason: reason ?? null });
  }

  /** The platform has it. */
  arrived(id: string): void {
    this.#database.prepare<[string]>(`UPDATE device_event SET state = 'done' WHERE id = ?`).run(id);
  }

  /** Events that the platform does not have and that are not on their way there, in their order. */
  stranded(): DeviceEvent[] {
    return this.#database
      .prepare<[], Row>(
        `SELECT id, device, class, driver, kind, reason, at FROM device_event
         WHERE state = 'waiting' AND id NOT IN (SELECT id FROM kiosk_outbox) ORDER BY rowid`,
      )
      .all()
      .map(({ reason, ...event }) => ({ ...event, ...(reason !== null && { reason }) }));
  }

  /** Of the device itself: things that people left at it say nothing of how it is. */
  lastTold(device: string): LastTold | undefined {
    return this.#database
      .prepare<[string], LastTold>(
        `SELECT kind, reason FROM device_event
         WHERE device = ? AND kind NOT LIKE 'item-%' ORDER BY rowid DESC LIMIT 1`,
      )
      .get(device);
  }
}
