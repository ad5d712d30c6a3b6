import type { Database } from 'better-sqlite3';
import { type DeviceEventSubmission, deviceEventSubmission, type Receipt } from '../contract/platform-api.ts';
import { done, refused, type Result } from '../domain/result.ts';
import { contentHash } from './content-hash.ts';

export type DeviceEventArrival = DeviceEventSubmission & Receipt;

/** What happened at the devices of all kiosks, in order of arrival. `add` is part of a transaction of the caller. */
export interface DeviceEventStore {
  add(event: DeviceEventSubmission, at: Date): Result<Receipt, 'content-differs'>;
  arrivals(): readonly DeviceEventArrival[];
}

interface EventRow {
  readonly content: string;
  readonly content_hash: string;
  readonly received_at: string;
}

export function createDeviceEventStore(database: Database): DeviceEventStore {
  const byId = database.prepare<[string], EventRow>('SELECT * FROM device_event WHERE id = ?');
  const all = database.prepare<[], EventRow>('SELECT * FROM device_event ORDER BY rowid');
  const insert = database.prepare(
    'INSERT INTO device_event (id, content, content_hash, received_at) VALUES (?, ?, ?, ?)',
  );
  return {
    add(event, at) {
      const hash = contentHash(event);
      const known = byId.get(event.id);
      if (known)
        return known.content_hash === hash ? done({ receivedAt: known.received_at }) : refused('content-differs');
      const receivedAt = at.toISOString();
      insert.run(event.id, JSON.stringify(event), hash, receivedAt);
      return done({ receivedAt });
    },
    arrivals: () =>
      all.all().map(({ content, received_at: receivedAt }) => ({
        ...deviceEventSubmission.parse(JSON.parse(content)),
        receivedAt,
      })),
  };
}
