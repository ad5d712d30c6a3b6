import type { Result } from '../../domain/result.ts';

export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;

/** A key in use: authenticated encryption in GCM (NIST SP 800-38D) with a nonce of 12 bytes and a tag of 16. */
export interface CipherKey {
  /** Cipher text, as long as the plain one, and tag. `bound`: authenticated with it and not in it. */
  encrypt(plain: Uint8Array, nonce: Uint8Array, bound: Uint8Array): [Uint8Array, Uint8Array];
  /** Of cipher text followed by its tag. `broken`: other key, nonce or bound bytes, or changed. */
  decrypt(bytes: Buffer, nonce: Uint8Array, bound: Uint8Array): Result<Buffer, 'broken'>;
}

/** One way to seal. What it seals says so in its first byte, so a store may hold values of several. */
export interface Cipher {
  readonly name: 'aes-256-gcm' | 'sm4-gcm';
  readonly version: number;
  /** What wraps the secrets of records, derived from the device key. */
  wrappingKey(deviceKey: Uint8Array): CipherKey;
  /** What seals one record and never another, from the 32 random bytes that are its secret. */
  contentKey(secret: Uint8Array): { readonly key: CipherKey; readonly nonce: Uint8Array };
}

/** The first one seals, all of them open. */
export type Ciphers = readonly [Cipher, ...Cipher[]];
