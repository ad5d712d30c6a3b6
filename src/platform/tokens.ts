import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../contract/clock.ts';
import { TOKEN_LIFETIME_MS } from './limits.ts';
import type { SqlDatabase } from './sql.ts';

/** Whom a token was given to. It is worth nothing on a connection with another certificate. */
const holder = z.strictObject({ kioskId: z.string(), fingerprint: z.string() });
export type Holder = z.infer<typeof holder>;
const claims = holder.extend({ expiresAt: z.iso.datetime() });

/** Short-lived bearer tokens, which every process of the store can check without asking it. */
export interface Tokens {
  issue(to: Holder): { readonly token: string; readonly expiresAt: string };
  /** Undefined when it is none of ours, was changed or is over. */
  read(token: string): Holder | undefined;
}

const KEY_BYTES = 32;

/** The key is made by the first process of a store. */
export async function openTokens(database: SqlDatabase, clock: Pick<Clock, 'now'>): Promise<Tokens> {
  const fresh = randomBytes(KEY_BYTES).toString('base64');
  await database.run('INSERT INTO secret (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING', [
    'token-key',
    fresh,
  ]);
  const row = await database.get<{ value: string }>('SELECT value FROM secret WHERE name = $1', ['token-key']);
  if (!row) throw new Error('the token key is not in the store');
  const key = Buffer.from(row.value, 'base64');
  const sign = (payload: string): Buffer => createHmac('sha256', key).update(payload).digest();

  return {
    issue(to) {
      const expiresAt = new Date(clock.now().getTime() + TOKEN_LIFETIME_MS).toISOString();
      const payload = Buffer.from(JSON.stringify({ ...to, expiresAt })).toString('base64url');
      return { token: `${payload}.${sign(payload).toString('base64url')}`, expiresAt };
    },
    read(token) {
      const [payload = '', signature = '', ...rest] = token.split('.');
      const given = Buffer.from(signature, 'base64url');
      const wanted = sign(payload);
      if (rest.length > 0 || given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
      const read = claims.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
      if (!read.success || Date.parse(read.data.expiresAt) <= clock.now().getTime()) return undefined;
      const { kioskId, fingerprint } = read.data;
      return { kioskId, fingerprint };
    },
  };
}
