import type { Result } from '../../domain/result.ts';
import { done, refused } from '../../domain/result.ts';
import { NONCE_BYTES, TAG_BYTES, type Cipher, type CipherKey } from './cipher.ts';
import { KEY_BYTES } from './derive-key.ts';

export const KEY_ID_BYTES = 8;

/** What is sealed where: bound in, so that a sealed value moved to another row or table does not open. */
export interface SealedPlace {
  readonly table:
    | 'outbox'
    | 'scan'
    | 'scan-id'
    | 'incoming_change'
    | 'remote_config'
    | 'enquiry_content'
    | 'supplement';
  readonly rowId: string;
}

/** Personal data at rest, in one table. */
export interface Seal {
  seal(plain: Uint8Array, rowId: string): Buffer;
  /** `broken`: other key, other row or table, or changed bytes. */
  open(sealed: Uint8Array, rowId: string): Result<Buffer, 'broken'>;
}

/** A device key as records see it, in one of the ways to seal: what wraps their secrets, and its name. */
export interface WrappingKey {
  /** What every value sealed with it begins with: version and id of the key. */
  readonly mark: Buffer;
  readonly cipher: Cipher;
  readonly key: CipherKey;
  /** The device key itself, which sealed values of version 1 directly. */
  readonly deviceKey: CipherKey;
}

/**
 * Versions 2 and 3: every value has a random secret of its own, wrapped under a key of the device's. They differ in their
 * {@link Cipher} and in nothing else. Offsets: 0 version byte; 1 id of the wrapping key, 8 bytes; 9 nonce of the wrapping, 12
 * bytes; 21 wrapped secret, 32 bytes; 53 tag of the wrapping, 16 bytes; 69 cipher text; then its tag, 16 bytes. Whoever
 * overwrites the first 69 bytes has erased the value.
 */
export const HEADER_BYTES = 1 + KEY_ID_BYTES + NONCE_BYTES + KEY_BYTES + TAG_BYTES;
/** See {@link WrappingKey.mark}. */
export const MARK_BYTES = 1 + KEY_ID_BYTES;
/** What sealing adds to a value. */
export const SEAL_BYTES = HEADER_BYTES + TAG_BYTES;

/**
 * Version 1, which is opened and no longer made: version byte 1, 12 bytes nonce, cipher text under the device key itself by
 * AES-256-GCM, 16 bytes tag; the row id alone is bound in.
 */
const FIRST_VERSION = 1;

/** `random` gives so many fresh random bytes. */
export function sealValue(
  plain: Uint8Array,
  place: SealedPlace,
  under: WrappingKey,
  random: (bytes: number) => Buffer,
): Buffer {
  const secret = random(KEY_BYTES);
  const { key, nonce } = under.cipher.contentKey(secret);
  const content = key.encrypt(plain, nonce, boundTo('content', place, under.cipher));
  return Buffer.concat([...header(secret, place, under, random), ...content]);
}

export function openValue(
  sealed: Uint8Array,
  place: SealedPlace,
  keys: readonly WrappingKey[],
): Result<Buffer, 'broken'> {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (bytes[0] === FIRST_VERSION) return openFirstVersion(bytes, place.rowId, keys);
  const unwrapped = unwrap(bytes, place, keys);
  if (!unwrapped.ok) return unwrapped;
  const { secret, cipher } = unwrapped.value;
  const { key, nonce } = cipher.contentKey(secret);
  return key.decrypt(bytes.subarray(HEADER_BYTES), nonce, boundTo('content', place, cipher));
}

/** The same value with its secret wrapped under another device key; its content keeps its bytes. Only within one version. */
export function rewrapValue(
  sealed: Buffer,
  place: SealedPlace,
  keys: readonly WrappingKey[],
  under: WrappingKey,
  random: (bytes: number) => Buffer,
): Result<Buffer, 'broken' | 'other-version'> {
  if (sealed[0] !== under.cipher.version) return refused('other-version');
  const unwrapped = unwrap(sealed, place, keys);
  if (!unwrapped.ok) return unwrapped;
  return done(Buffer.concat([...header(unwrapped.value.secret, place, under, random), sealed.subarray(HEADER_BYTES)]));
}

/** @param id of the key, {@link KEY_ID_BYTES} long */
export function markOf({ version }: Cipher, id: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(version), id]);
}

function header(
  secret: Uint8Array,
  place: SealedPlace,
  { mark, cipher, key }: WrappingKey,
  random: (bytes: number) => Buffer,
): Uint8Array[] {
  const nonce = random(NONCE_BYTES);
  return [mark, nonce, ...key.encrypt(secret, nonce, boundTo('key', place, cipher))];
}

function unwrap(
  bytes: Buffer,
  place: SealedPlace,
  keys: readonly WrappingKey[],
): Result<{ readonly secret: Buffer; readonly cipher: Cipher }, 'broken'> {
  if (bytes.length < SEAL_BYTES) return refused('broken', 'not a sealed value');
  const mark = bytes.subarray(0, MARK_BYTES);
  const wrapping = keys.find((key) => mark.equals(key.mark));
  if (!wrapping) return refused('broken', 'sealed under another device key, or no sealed value');
  const { key, cipher } = wrapping;
  const nonce = bytes.subarray(MARK_BYTES, MARK_BYTES + NONCE_BYTES);
  const secret = key.decrypt(
    bytes.subarray(MARK_BYTES + NONCE_BYTES, HEADER_BYTES),
    nonce,
    boundTo('key', place, cipher),
  );
  return secret.ok ? done({ secret: secret.value, cipher }) : secret;
}

function openFirstVersion(bytes: Buffer, rowId: string, keys: readonly WrappingKey[]): Result<Buffer, 'broken'> {
  const nonce = bytes.subarray(1, 1 + NONCE_BYTES);
  for (const { deviceKey } of keys) {
    const opened = deviceKey.decrypt(bytes.subarray(1 + NONCE_BYTES), nonce, Buffer.from(rowId));
    if (opened.ok) return opened;
  }
  return refused('broken', 'no key opens it');
}

/** Table and row are words and ids without a line feed, so no two places give the same bytes. */
function boundTo(part: 'key' | 'content', { table, rowId }: SealedPlace, { version }: Cipher): Buffer {
  return Buffer.from(`${version}\n${part}\n${table}\n${rowId}`);
}
