import { createCipheriv, createDecipheriv, createHmac, scryptSync, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Result } from '../../domain/result.ts';
import { done, refused } from '../../domain/result.ts';
import { deriveKey } from '../store/key-ring.ts';

/** RFC 7914, section 2, with the cost OWASP's password storage sheet names first: 128 MiB and a good part of a second. */
const SCRYPT = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 2 ** 20 } as const;
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const KEY_BYTES = 32;

const hex = z.string().regex(/^([0-9a-f]{2})+$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const wrappedKey = z.strictObject({
  kdf: z.literal('scrypt'),
  N: z.literal(SCRYPT.N),
  r: z.literal(SCRYPT.r),
  p: z.literal(SCRYPT.p),
  salt: hex,
  nonce: hex,
  /** AES-256-GCM of the device key, then its tag. */
  key: hex,
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
): Result<{ contents: BackupContents; deviceKey: Buffer }, 'not-a-backup' | 'wrong-passphrase' | 'changed'> {
  const parsed = parse(text);
  if (!parsed) return refused('not-a-backup');
  const deviceKey = unwrapKey(parsed.contents.deviceKey, passphrase);
  if (!deviceKey) return refused('wrong-passphrase');
  const mac = Buffer.from(parsed.mac, 'hex');
  if (!timingSafeEqual(mac, macOf(parsed.contents, deviceKey))) return refused('changed');
  return done({ contents: parsed.contents, deviceKey });
}

export function wrapKey(deviceKey: Uint8Array, passphrase: string, random: (bytes: number) => Buffer): WrappedKey {
  const salt = random(SALT_BYTES);
  const nonce = random(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', scryptSync(passphrase, salt, KEY_BYTES, SCRYPT), nonce);
  const key = Buffer.concat([cipher.update(deviceKey), cipher.final(), cipher.getAuthTag()]);
  const { N, r, p } = SCRYPT;
  return { kdf: 'scrypt', N, r, p, salt: salt.toString('hex'), nonce: nonce.toString('hex'), key: key.toString('hex') };
}

function unwrapKey({ salt, nonce, key }: WrappedKey, passphrase: string): Buffer | undefined {
  const wrapping = scryptSync(passphrase, Buffer.from(salt, 'hex'), KEY_BYTES, SCRYPT);
  const sealed = Buffer.from(key, 'hex');
  if (sealed.length !== KEY_BYTES + 16 || nonce.length !== 2 * NONCE_BYTES) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', wrapping, Buffer.from(nonce, 'hex'), { authTagLength: 16 });
  decipher.setAuthTag(sealed.subarray(KEY_BYTES));
  const plain = decipher.update(sealed.subarray(0, KEY_BYTES));
  try {
    return Buffer.concat([plain, decipher.final()]);
  } catch {
    // node:crypto has no other way to say that the tag does not fit.
    return undefined;
  }
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
