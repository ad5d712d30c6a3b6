import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Result } from '../../domain/result.ts';
import { done, refused } from '../../domain/result.ts';

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
export const KEY_BYTES = 32;

/** Personal data at rest. The row id is bound in, so that a sealed value moved to another row does not open. */
export interface Seal {
  seal(plain: Uint8Array, rowId: string): Buffer;
  /** `broken`: other key, other row, or changed bytes. */
  open(sealed: Uint8Array, rowId: string): Result<Buffer, 'broken'>;
}

/**
 * AES-256-GCM (NIST SP 800-38D). Layout: version byte 1, 12 bytes nonce, cipher text, 16 bytes tag.
 * `random` gives so many fresh random bytes; a nonce must never come twice under one key.
 */
export function createSeal(key: Uint8Array, random: (bytes: number) => Buffer): Seal {
  if (key.length !== KEY_BYTES) throw new Error(`a device key has ${KEY_BYTES} bytes, not ${key.length}`);
  return {
    seal(plain, rowId) {
      const nonce = random(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(rowId));
      return Buffer.concat([Buffer.of(VERSION), nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
    open(sealed, rowId) {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      if (bytes.length < 1 + NONCE_BYTES + TAG_BYTES || bytes[0] !== VERSION)
        return refused('broken', 'not a sealed value');
      const nonce = bytes.subarray(1, 1 + NONCE_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(rowId)).setAuthTag(bytes.subarray(-TAG_BYTES));
      const plain = decipher.update(bytes.subarray(1 + NONCE_BYTES, -TAG_BYTES));
      try {
        return done(Buffer.concat([plain, decipher.final()]));
      } catch {
        // node:crypto has no other way to say that the tag does not fit.
        return refused('broken', 'authentication failed');
      }
    },
  };
}
