import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import type { Result } from '../../domain/result.ts';
import { done, refused } from '../../domain/result.ts';
import { NONCE_BYTES, TAG_BYTES, type Cipher, type CipherKey } from './cipher.ts';
import { deriveKey } from './derive-key.ts';

const ALGORITHM = 'aes-256-gcm';
const CONTENT_NONCE = Buffer.alloc(NONCE_BYTES);

/**
 * The international profile: AES-256-GCM. The secret of a record is its key; since it seals once and never again, the nonce of
 * the content is zero.
 */
export const aesGcm: Cipher = {
  name: ALGORITHM,
  version: 2,
  wrappingKey: (deviceKey) => aesKey(deriveKey(deviceKey, 'record-keys')),
  contentKey: (secret) => ({ key: aesKey(secret), nonce: CONTENT_NONCE }),
};

/** @param bytes 32 */
export function aesKey(bytes: Uint8Array): CipherKey {
  // Keys are objects: given the bytes themselves, Node asks of them whether they are some kind of key, which costs three times
  // the encryption of a case.
  const key = createSecretKey(bytes);
  return {
    encrypt: (plain, nonce, bound) => encrypt(plain, key, nonce, bound),
    decrypt: (sealed, nonce, bound) => decrypt(sealed, key, nonce, bound),
  };
}

function encrypt(plain: Uint8Array, key: KeyObject, nonce: Uint8Array, bound: Uint8Array): [Buffer, Buffer] {
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(bound);
  const sealed = cipher.update(plain);
  // A stream cipher holds nothing back: the end brings only the tag.
  cipher.final();
  return [sealed, cipher.getAuthTag()];
}

function decrypt(bytes: Buffer, key: KeyObject, nonce: Uint8Array, bound: Uint8Array): Result<Buffer, 'broken'> {
  if (bytes.length < TAG_BYTES) return refused('broken', 'cut short');
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(bound).setAuthTag(bytes.subarray(-TAG_BYTES));
  const plain = decipher.update(bytes.subarray(0, -TAG_BYTES));
  try {
    return done(Buffer.concat([plain, decipher.final()]));
  } catch {
    // node:crypto has no other way to say that the tag does not fit.
    return refused('broken', 'authentication failed');
  }
}
