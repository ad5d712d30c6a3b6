import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import type { CertificateContent, SealFlaw, SealRecord } from '../../contract/certificate-record.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { contentHash } from '../content-hash.ts';
import { secretOf } from '../signing.ts';
import type { SqlDatabase } from '../sql.ts';

/** Puts seals on certificates and tells whether one is ours and fits. */
export interface Seals {
  seal(content: CertificateContent, of: Pick<SealRecord, 'number' | 'name'>, at: Date): SealRecord;
  flawOf(
    content: CertificateContent,
    seal: SealRecord,
  ): Extract<SealFlaw, 'content-changed' | 'signature-wrong'> | undefined;
}

/** The key is made by the first process of a store. */
export async function openSeals(database: SqlDatabase): Promise<Seals> {
  const pem = await secretOf(database, 'seal-key', makeKey);
  const key = createPrivateKey(pem);
  const publicKey = createPublicKey(key);
  return {
    seal(content, { number, name }, at) {
      const record = {
        number,
        name,
        contentHash: contentHash(content),
        sealedAt: at.toISOString(),
        algorithm: 'Ed25519' as const,
      };
      return { ...record, signature: sign(null, Buffer.from(canonicalJson(record)), key).toString('base64') };
    },
    flawOf(content, seal) {
      if (seal.contentHash !== contentHash(content)) return 'content-changed';
      return isSignedBy(publicKey, seal) ? undefined : 'signature-wrong';
    },
  };
}

function isSignedBy(key: KeyObject, { signature, ...record }: SealRecord): boolean {
  return verify(null, Buffer.from(canonicalJson(record)), key, Buffer.from(signature, 'base64'));
}

function makeKey(): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  return privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
}
