import { createHash } from 'node:crypto';
import { canonicalJson } from '../domain/canonical-json.ts';

/** SHA-256 in hex. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** SHA-256 in hex of a JSON value; the order of an object's keys does not matter. */
export function contentHash(value: unknown): string {
  return sha256(canonicalJson(value));
}
