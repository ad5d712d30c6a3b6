import { hkdfSync } from 'node:crypto';

/** A device key, and the random bytes that every record gets. */
export const KEY_BYTES = 32;

/** HKDF-SHA-256 (RFC 5869) of the device key for one use of it. */
export function deriveKey(
  deviceKey: Uint8Array,
  use: 'id' | 'record-keys' | 'file-names' | 'backup',
  bytes = KEY_BYTES,
): Buffer {
  return Buffer.from(hkdfSync('sha256', deviceKey, new Uint8Array(), `hall-kiosk ${use}`, bytes));
}
