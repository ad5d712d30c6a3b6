import { createHash } from 'node:crypto';
import { canonicalJson } from '../../domain/canonical-json.ts';

/** As the platform makes it of what arrives: see `reconciliation.ts` of the contract. */
export function contentDigest(content: unknown): Buffer {
  return createHash('sha256').update(canonicalJson(content), 'utf8').digest();
}
