import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import type { Result } from '../../domain/result.ts';
import { done, refused } from '../../domain/result.ts';

export const KEY_BYTES = 32;
export const KEY_ID_BYTES = 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = 'aes-256-gcm';

/** What is sealed where: bound in, so that a sealed value moved to another row or table does not open. */
export interface SealedPlace {
  readonly table: 'outbox' | 'scan' | 'scan-id' | 'incoming_change' | 'remote_config';
  readonly rowId: string;
}

/** Personal data at rest, in one table. */
export interface Seal {
  seal(plain: Uint8Array, rowId: string): Buffer;
  /** `broken`: other key, other row or table, or changed bytes. */
  open(sealed: Uint8Array, rowId: string): Result<Buffer, 'broken'>;
}

/** A device key as records see it: what wraps their keys, and its name. */
export interface WrappingKey {
  readonly id: Uint8Array;
  readonly key: Uint8Array;
  /** The device key itself, which sealed values of version 1 directly. */
  readonly deviceKey: Uint8Array;
}

/**
 * Version 2: every value has a random key of its own, wrapped under the device's. AES-256-GCM (NIST SP 800-38D) twice.
 * Offsets: 0 version byte 2; 1 id of the wrapping key, 8 bytes; 9 nonce of the wrapping, 12 bytes; 21 wrapped key, 32 bytes;
 * 53 tag of the wrapping, 16 bytes; 69 cipher text; then its tag, 16 bytes. A record key seals once and never again, so
 * the nonce of the content is zero. Whoever overwrites the first 69 bytes has erased the value.
 */
const VERSION = 2;
export const HEADER_BYTES = 1 + KEY_ID_BYTES + NONCE_BYTES + KEY_BYTES + TAG_BYTES;
/** Version and key id: see {@link markOf}. */
export const MARK_BYTES = 1 + KEY_ID_BYTES;
/** What sealing adds to a value. */
export const SEAL_BYTES = HEADER_BYTES + TAG_BYTES;
const CONTENT_NONCE = Buffer.alloc(NONCE_BYTES);

/**
 * Version 1, which is opened and no longer made: version byte 1, 12 bytes nonce, cipher text under the device key itself,
 * 16 bytes tag; the row id alone is bound in.
 */
const FIRST_VERSION = 1;

/** `random` gives so many fresh random bytes. */
export function sealValue(
  plain: Uint8Array,
  place: SealedPlace,
  { id, key }: WrappingKey,
  random: (bytes: number) => Buffer,
): Buffer {
  const recordKey = random(KEY_BYTES);
  const content = encrypt(plain, recordKey, CONTENT_NONCE, boundTo('content', place));
  return Buffer.concat([header(recordKey, place, { id, key }, random), ...content]);
}

export function openValue(
  sealed: Uint8Array,
  place: SealedPlace,
  keys: readonly WrappingKey[],
): Result<Buffer, 'broken'> {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (bytes[0] === FIRST_VERSION) return openFirstVersion(bytes, place.rowId, keys);
  const recordKey = unwrap(bytes, place, keys);
  if (!recordKey.ok) return recordKey;
  return decrypt(bytes.subarray(HEADER_BYTES), recordKey.value, CONTENT_NONCE, boundTo('content', place));
}

/** The same value with its key wrapped under another device key; its content keeps its bytes. Only version 2. */
export function rewrapValue(
  sealed: Buffer,
  place: SealedPlace,
  keys: readonly WrappingKey[],
  under: WrappingKey,
  random: (bytes: number) => Buffer,
): Result<Buffer, 'broken'> {
  const recordKey = unwrap(sealed, place, keys);
  if (!recordKey.ok) return recordKey;
  return done(Buffer.concat([header(recordKey.value, place, under, random), sealed.subarray(HEADER_BYTES)]));
}

/** What a version 2 value under that key begins with. */
export function markOf({ id }: Pick<WrappingKey, 'id'>): Buffer {
  return Buffer.concat([Buffer.of(VERSION), id]);
}

function header(
  recordKey: Uint8Array,
  place: SealedPlace,
  under: Pick<WrappingKey, 'id' | 'key'>,
  random: (bytes: number) => Buffer,
): Buffer {
  const nonce = random(NONCE_BYTES);
  return Buffer.concat([markOf(under), nonce, ...encrypt(recordKey, under.key, nonce, boundTo('key', place))]);
}

function unwrap(bytes: Buffer, place: SealedPlace, keys: readonly WrappingKey[]): Result<Buffer, 'broken'> {
  if (bytes.length < SEAL_BYTES || bytes[0] !== VERSION) return refused('broken', 'not a sealed value');
  const id = bytes.subarray(1, 1 + KEY_ID_BYTES);
  const wrapping = keys.find((key) => id.equals(key.id));
  if (!wrapping) return refused('broken', 'sealed under another device key');
  const nonceAt = 1 + KEY_ID_BYTES;
  const nonce = bytes.subarray(nonceAt, nonceAt + NONCE_BYTES);
  return decrypt(bytes.subarray(nonceAt + NONCE_BYTES, HEADER_BYTES), wrapping.key, nonce, boundTo('key', place));
}

function openFirstVersion(bytes: Buffer, rowId: string, keys: readonly WrappingKey[]): Result<Buffer, 'broken'> {
  const nonce = bytes.subarray(1, 1 + NONCE_BYTES);
  for (const { deviceKey } of keys) {
    const opened = decrypt(bytes.subarray(1 + NONCE_BYTES), deviceKey, nonce, Buffer.from(rowId));
    if (opened.ok) return opened;
  }
  return refused('broken', 'no key opens it');
}

/** Table and row are words and ids without a line feed, so no two places give the same bytes. */
function boundTo(part: 'key' | 'content', { table, rowId }: SealedPlace): Buffer {
  return Buffer.from([VERSION, part, table, rowId].join('\n'));
}

/** Given the bytes themselves, Node asks of them whether they are some kind of key, which costs three times the encryption of a case. */
function keyObject(key: Uint8Array): KeyObject {
  return createSecretKey(key);
}

function encrypt(plain: Uint8Array, key: Uint8Array, nonce: Uint8Array, bound: Buffer): [Buffer, Buffer, Buffer] {
  const cipher = createCipheriv(CIPHER, keyObject(key), nonce).setAAD(bound);
  return [cipher.update(plain), cipher.final(), cipher.getAuthTag()];
}

function decrypt(bytes: Buffer, key: Uint8Array, nonce: Buffer, bound: Buffer): Result<Buffer, 'broken'> {
  if (bytes.length < TAG_BYTES) return refused('broken', 'cut short');
  const decipher = createDecipheriv(CIPHER, keyObject(key), nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(bound).setAuthTag(bytes.subarray(-TAG_BYTES));
  const plain = decipher.update(bytes.subarray(0, -TAG_BYTES));
  try {
    return done(Buffer.concat([plain, decipher.final()]));
  } catch {
    // node:crypto has no other way to say that the tag does not fit.
    return refused('broken', 'authentication failed');
  }
}
