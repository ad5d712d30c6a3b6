import { createHmac, scryptSync, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Result } from '../../domain/result.ts';
import { done, refused } from '../../domain/result.ts';
import { NONCE_BYTES, type Cipher, type Ciphers } from '../store/cipher.ts';
import { deriveKey, KEY_BYTES } from '../store/derive-key.ts';

/** RFC 7914, section 2, with the cost OWASP's password storage sheet names first: 128 MiB and a good part of a second. */
const SCRYPT = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 2 ** 20 } as const;
const SALT_BYTES = 16;
/** Nothing is bound to the wrapped key: what surrounds it has a MAC under that very key. */
const NOTHING = new Uint8Array();

const hex = z.string().regex(/^([0-9a-f]{2})+$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const wrappedKey = z.strictObject({
  kdf: z.literal('scrypt'),
  N: z.literal(SCRYPT.N),
  r: z.literal(SCRYPT.r),
  p: z.literal(SCRYPT.p),
  salt: hex,
  nonce: hex,
  /** The device key under what scrypt gives, of which SM4 uses the first 16 bytes, then its tag. */
  key: hex,
  /** AES-256-GCM where it is not said. */
  cipher: z.literal('sm4-gcm').optional(),
});
export type WrappedKey = z.infer<typeof wrappedKey>;

const contents = z.strictObject({
  format: z.literal(1),
  /** ISO 8601 with the hall's offset. */
  madeAt: z.string(),
  schemaVersion: z.int().positive(),
  queueHash: sha256,
  audit: z.strictObject({ sequence: z.int().nonnegative(), hash: sha256 }),
  files: z.array(
    // Nothing that leads out of the folder.
    z.strictObject({
      name: z.string().regex(/^(kiosk\.db|scans\/[0-9a-f-]+)$/),
      bytes: z.int().nonnegative(),
      sha256,
    }),
  ),
  deviceKey: wrappedKey,
});
export type BackupContents = z.infer<typeof contents>;

/** `mac`: HMAC-SHA-256, under a key derived from the device key, over the contents as JSON. */
const manifest = z.strictObject({ contents, mac: sha256 });

export function writeManifest(what: BackupContents, deviceKey: Uint8Array): string {
  return `${JSON.stringify({ contents: what, mac: macOf(what, deviceKey).toString('hex') }, undefined, 2)}\n`;
}

/** `wrong-passphrase`: or the wrapped key was changed. `changed`: what the manifest says is not what the backup wrote. */
export function readManifest(
  text: string,
  passphrase: string,
  ciphers: Ciphers,
): Result<{ contents: BackupContents; deviceKey: Buffer }, 'not-a-backup' | 'wrong-passphrase' | 'changed'> {
  const parsed = parse(text);
  if (!parsed) return refused('not-a-backup');
  const deviceKey = unwrapKey(parsed.contents.deviceKey, passphrase, ciphers);
  if (!deviceKey) return refused('wrong-passphrase');
  const mac = Buffer.from(parsed.mac, 'hex');
  if (!timingSafeEqual(mac, macOf(parsed.contents, deviceKey))) return refused('changed');
  return done({ contents: parsed.contents, deviceKey });
}

export function wrapKey(
  deviceKey: Uint8Array,
  passphrase: string,
  random: (bytes: number) => Buffer,
  cipher: Cipher,
): WrappedKey {
  const salt = random(SALT_BYTES);
  const nonce = random(NONCE_BYTES);
  const { key: wrapping } = cipher.contentKey(scryptSync(passphrase, salt, KEY_BYTES, SCRYPT));
  const key = Buffer.concat(wrapping.encrypt(deviceKey, nonce, NOTHING));
  const { N, r, p } = SCRYPT;
  return {
    kdf: 'scrypt',
    N,
    r,
    p,
    salt: salt.toString('hex'),
    nonce: nonce.toString('hex'),
    key: key.toString('hex'),
    // A backup of the international profile stays readable to versions that know no other.
    ...(cipher.name === 'sm4-gcm' && { cipher: cipher.name }),
  };
}

function unwrapKey(wrapped: WrappedKey, passphrase: string, ciphers: Ciphers): Buffer | undefined {
  const [salt, nonce, sealed] = [wrapped.salt, wrapped.nonce, wrapped.key].map((text) => Buffer.from(text, 'hex'));
  const cipher = ciphers.find(({ name }) => name === (wrapped.cipher ?? 'aes-256-gcm'));
  if (!salt || !sealed || !cipher || nonce?.length !== NONCE_BYTES) return undefined;
  const { key: wrapping } = cipher.contentKey(scryptSync(passphrase, salt, KEY_BYTES, SCRYPT));
  const key = wrapping.decrypt(sealed, nonce, NOTHING);
  return key.ok && key.value.length === KEY_BYTES ? key.value : undefined;
}

function parse(text: string): z.infer<typeof manifest> | undefined {
  try {
    return manifest.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

function macOf(what: BackupContents, deviceKey: Uint8Array): Buffer {
  return createHmac('sha256', deriveKey(deviceKey, 'backup')).update(JSON.stringify(what)).digest();
}
