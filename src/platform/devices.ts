import { X509Certificate } from 'node:crypto';
import type { Clock } from '../contract/clock.ts';
import type { SqlDatabase } from './sql.ts';

/** What is let in: a kiosk, or an office with its own system. */
export interface Device {
  /** SHA-256 of its certificate, lower-case hex. */
  readonly fingerprint: string;
  readonly role: DeviceRole;
  /** The kiosk's id, or the office's code. */
  readonly kioskId: string;
}

/** Kiosks have the calls of `platform-api.ts`, offices those of `office-api.ts`. */
export type DeviceRole = 'kiosk' | 'office';

/** The fleet as the platform knows it, the same for all its processes. */
export interface Devices {
  /** Lets the kiosk or office with this certificate (PEM) in. One that was shut out before is let in again. */
  enrol(kioskId: string, certificate: string, role?: DeviceRole): Promise<Device>;
  /** Shuts out every certificate of a kiosk or office, from its next request on. Tells how many. */
  revoke(kioskId: string): Promise<number>;
  /** Undefined for a certificate that was never let in and for one that was shut out. */
  find(fingerprint: string): Promise<Device | undefined>;
  list(): Promise<readonly (Device & { readonly revokedAt: string | null })[]>;
}

const COLUMNS = 'fingerprint, role, kiosk_id AS "kioskId"';

export function createDevices(database: SqlDatabase, clock: Pick<Clock, 'now'>): Devices {
  return {
    async enrol(kioskId, certificate, role = 'kiosk') {
      const fingerprint = fingerprintOf(new X509Certificate(certificate));
      await database.run(
        `INSERT INTO device (fingerprint, role, kiosk_id, enrolled_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (fingerprint) DO UPDATE
         SET role = excluded.role, kiosk_id = excluded.kiosk_id, revoked_at = NULL`,
        [fingerprint, role, kioskId, clock.now().toISOString()],
      );
      return { fingerprint, role, kioskId };
    },
    async revoke(kioskId) {
      const revoked = await database.all(
        'UPDATE device SET revoked_at = $1 WHERE kiosk_id = $2 AND revoked_at IS NULL RETURNING fingerprint',
        [clock.now().toISOString(), kioskId],
      );
      return revoked.length;
    },
    find: (fingerprint) =>
      database.get<Device>(`SELECT ${COLUMNS} FROM device WHERE fingerprint = $1 AND revoked_at IS NULL`, [
        fingerprint,
      ]),
    list: () => database.all(`SELECT ${COLUMNS}, revoked_at AS "revokedAt" FROM device ORDER BY rowid`),
  };
}

export function fingerprintOf(certificate: X509Certificate): string {
  return certificate.fingerprint256.replaceAll(':', '').toLowerCase();
}
