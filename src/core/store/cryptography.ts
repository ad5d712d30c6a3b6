import type { Database } from 'better-sqlite3';
import type { KioskConfig } from '../../contract/config.ts';
import type { Audit } from '../audit/audit-trail.ts';
import { aesGcm } from './aes-gcm.ts';
import type { Ciphers } from './cipher.ts';
import { SALVAGE_PENDING } from './open-store.ts';

export type Cryptography = NonNullable<KioskConfig['cryptography']>;

/**
 * Changes of the profile, newest last, stand in the table of notices: that is short, where the audit chain is long and would be
 * read through at each start. Without a time, so that they are nobody's news.
 */
const CHANGED = 'cryptography';
const NO_TIME = '';

/** By which profile the kiosk sealed last. */
export function lastCryptography(database: Database): Cryptography {
  const last = database
    .prepare<[string], string>('SELECT detail FROM notice WHERE kind = ? ORDER BY id DESC LIMIT 1')
    .pluck()
    .get(CHANGED);
  return last === 'national' ? 'national' : 'international';
}

/** To be committed before anything is sealed by the profile: what opens the store later looks for it here. */
export function noteCryptography(database: Database, audit: Audit, inForce: Cryptography): void {
  database
    .prepare<[string, string, string]>('INSERT INTO notice (at, kind, detail) VALUES (?, ?, ?)')
    .run(NO_TIME, CHANGED, inForce);
  audit.append({ who: 'process:core', what: 'cryptography-changed', target: inForce, outcome: 'in-force' });
}

/**
 * What seals by a profile and opens what the store may hold of others. A kiosk that never left the international profile does
 * not pay for the algorithms of the national one. A store that once lost rows may have lost the note of its profile.
 */
export async function ciphersFor(database: Database, profile: Cryptography): Promise<Ciphers> {
  if (profile === 'international' && !mayHoldOthers(database)) return [aesGcm];
  const { sm4Gcm } = await import('./sm4-gcm.ts');
  return profile === 'national' ? [sm4Gcm, aesGcm] : [aesGcm, sm4Gcm];
}

function mayHoldOthers(database: Database): boolean {
  return (
    database
      .prepare<[string, string]>(`SELECT 1 FROM notice WHERE kind IN (?, ?, 'store-set-aside') LIMIT 1`)
      .get(CHANGED, SALVAGE_PENDING) !== undefined
  );
}
