import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { SqlDatabase } from './sql.ts';

const KEY_BYTES = 32;

/** Something that is made once for a store, by whichever process comes first, and is the same for all of them afterwards. */
export async function secretOf(database: SqlDatabase, name: string, make: () => string): Promise<string> {
  await database.run('INSERT INTO secret (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING', [name, make()]);
  const row = await database.get<{ value: string }>('SELECT value FROM secret WHERE name = $1', [name]);
  if (!row) throw new Error(`the secret ${name} is not in the store`);
  return row.value;
}

/** HMAC-SHA-256 under a key of the store. */
export async function openMac(database: SqlDatabase, name: string): Promise<(text: string) => Buffer> {
  const text = await secretOf(database, name, () => randomBytes(KEY_BYTES).toString('base64'));
  const key = Buffer.from(text, 'base64');
  return (content) => createHmac('sha256', key).update(content).digest();
}

/** Statements as short texts that whoever has the key can check without asking the store: `payload.signature`, both base64url. */
export function writeSigned(mac: (text: string) => Buffer, claims: object): string {
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${payload}.${mac(payload).toString('base64url')}`;
}

/** What such a text says; undefined when it is none of ours or was changed. */
export function readSigned(mac: (text: string) => Buffer, token: string): unknown {
  const [payload = '', signature = '', ...rest] = token.split('.');
  const given = Buffer.from(signature, 'base64url');
  const wanted = mac(payload);
  if (rest.length > 0 || given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
  return JSON.parse(Buffer.from(payload, 'base64url').toString());
}
