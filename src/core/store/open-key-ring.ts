import type { Clock } from '../../contract/clock.ts';
import type { StartMessage } from '../../contract/process-messages.ts';
import { done, refused, type Result } from '../../domain/result.ts';
import { AuditTrail } from '../audit/audit-trail.ts';
import type { Random } from '../identifiers.ts';
import { ciphersFor, lastCryptography, noteCryptography, type Cryptography } from './cryptography.ts';
import { KEY_BYTES } from './derive-key.ts';
import { KeyRing } from './key-ring.ts';
import type { OpenedStore } from './open-store.ts';
import { createTransact } from './transact.ts';

type Origin = Pick<OpenedStore, 'database'> &
  Pick<StartMessage, 'deviceKey' | 'formerDeviceKey'> & { readonly clock: Clock; readonly random: Random };

/** The keys of a kiosk that starts, sealing by a profile. A change of that is on the disk before a value is sealed that way. */
export async function openKeyRing(
  { database, deviceKey, formerDeviceKey, clock, random }: Origin,
  profile: Cryptography,
): Promise<Result<KeyRing, 'store-failed'>> {
  const key = Buffer.from(deviceKey ?? '', 'base64');
  const former = formerDeviceKey === undefined ? undefined : Buffer.from(formerDeviceKey, 'base64');
  if (key.length !== KEY_BYTES || (former && former.length !== KEY_BYTES))
    return refused('store-failed', 'the device key is missing or cut short');
  const ciphers = await ciphersFor(database, profile);
  if (lastCryptography(database) !== profile) {
    const audit = new AuditTrail(database, () => clock.now());
    const noted = createTransact(database)(() => noteCryptography(database, audit, profile));
    if (!noted.ok) return refused('store-failed', `${noted.reason}: ${noted.detail ?? ''}`);
  }
  return done(new KeyRing(key, former, (count) => random.bytes(count), ciphers));
}
