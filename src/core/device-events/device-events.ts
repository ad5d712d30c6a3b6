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

/** Events of devices on their way to the platform, in the order in which they happened. They are kept when they arrived. */
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

  nextWaiting(): DeviceEvent | undefined {
    const row = this.#database
      .prepare<[], Row>(
        `SELECT id, device, class, driver, kind, reason, at FROM device_event
         WHERE state = 'waiting' ORDER BY rowid LIMIT 1`,
      )
      .get();
    if (!row) return undefined;
    const { reason, ...event } = row;
    return { ...event, ...(reason !== null && { reason }) };
  }

  settle(id: string, state: 'done' | 'needs-staff'): void {
    this.#database.prepare<[string, string]>('UPDATE device_event SET state = ? WHERE id = ?').run(state, id);
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
