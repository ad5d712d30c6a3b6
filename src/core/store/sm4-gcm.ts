import { hkdf, sm4 } from 'sm-crypto-v2';
import type { Result } from '../../domain/result.ts';
import { done, refused } from '../../domain/result.ts';
import { NONCE_BYTES, TAG_BYTES, type Cipher, type CipherKey } from './cipher.ts';

/** GB/T 32907-2016: keys and blocks of 128 bits. */
const SM4_KEY_BYTES = 16;
const USE = new TextEncoder().encode('hall-kiosk record-keys sm4');
/** How the library says that the tag does not fit. */
const TAG_MISMATCH = 'authentication tag mismatch';

/**
 * The national profile: SM4 (GB/T 32907-2016) in GCM as RFC 8998 puts them together; the wrapping key by HKDF (RFC 5869) with
 * SM3 (GB/T 32905-2016). The secret of a record is its key, 16 bytes, and the nonce of its content, 12 bytes; its last 4 bytes
 * are not used. With keys of 128 bits a nonce that nobody knows keeps many records from being tried at the cost of one.
 *
 * In JavaScript, since Electron's OpenSSL has no SM4: to be loaded only where it is needed.
 */
export const sm4Gcm: Cipher = {
  name: 'sm4-gcm',
  version: 3,
  wrappingKey: (deviceKey) => sm4Key(hkdf(deviceKey, undefined, USE, SM4_KEY_BYTES)),
  contentKey: (secret) => ({
    key: sm4Key(secret.subarray(0, SM4_KEY_BYTES)),
    nonce: secret.subarray(SM4_KEY_BYTES, SM4_KEY_BYTES + NONCE_BYTES),
  }),
};

/** @param key 16 bytes */
export function sm4Key(key: Uint8Array): CipherKey {
  return {
    encrypt: (plain, nonce, bound) => encrypt(plain, key, nonce, bound),
    decrypt: (sealed, nonce, bound) => decrypt(sealed, key, nonce, bound),
  };
}

function encrypt(
  plain: Uint8Array,
  key: Uint8Array,
  iv: Uint8Array,
  associatedData: Uint8Array,
): [Uint8Array, Uint8Array] {
  const { output, tag } = sm4.encrypt(plain, key, {
    mode: 'gcm',
    iv,
    associatedData,
    output: 'array',
    outputTag: true,
  });
  if (tag === undefined) throw new Error('sealed without a tag');
  return [output, tag];
}

function decrypt(bytes: Buffer, key: Uint8Array, iv: Uint8Array, associatedData: Uint8Array): Result<Buffer, 'broken'> {
  // Without a tag of the full length the library would compare with nothing, or with less.
  if (bytes.length < TAG_BYTES) return refused('broken', 'cut short');
  const [sealed, tag] = [bytes.subarray(0, -TAG_BYTES), bytes.subarray(-TAG_BYTES)];
  try {
    const plain = sm4.decrypt(sealed, key, { mode: 'gcm', iv, associatedData, output: 'array', tag });
    return done(Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength));
  } catch (error) {
    if (!(error instanceof Error) || error.message !== TAG_MISMATCH) throw error;
    return refused('broken', 'authentication failed');
  }
}
