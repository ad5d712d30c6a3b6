import { z } from 'zod';
import type { Clock } from '../contract/clock.ts';
import { TOKEN_LIFETIME_MS } from './limits.ts';
import { openMac, readSigned, writeSigned } from './signing.ts';
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

/** The key is made by the first process of a store. */
export async function openTokens(database: SqlDatabase, clock: Pick<Clock, 'now'>): Promise<Tokens> {
  const mac = await openMac(database, 'token-key');
  return {
    issue(to) {
      const expiresAt = new Date(clock.now().getTime() + TOKEN_LIFETIME_MS).toISOString();
      return { token: writeSigned(mac, { ...to, expiresAt }), expiresAt };
    },
    read(token) {
      const read = claims.safeParse(readSigned(mac, token));
      if (!read.success || Date.parse(read.data.expiresAt) <= clock.now().getTime()) return undefined;
      const { kioskId, fingerprint } = read.data;
      return { kioskId, fingerprint };
    },
  };
}
