import { z } from 'zod';
import type { Clock } from '../../contract/clock.ts';
import { identityMethods, assuranceLevels } from '../../domain/assurance.ts';
import { IDENTITY_LIFETIME_MS } from '../limits.ts';
import { openMac, readSigned, writeSigned } from '../signing.ts';
import type { SqlDatabase } from '../sql.ts';

/** What stands behind somebody: the number of a person, of a company, or a telephone. */
export type SubjectKind = 'person' | 'company' | 'phone';

/** Somebody at a kiosk, as the platform's own word. Worth nothing at another kiosk or with another certificate. */
const statement = z.strictObject({
  purpose: z.literal('identity'),
  kioskId: z.string(),
  fingerprint: z.string(),
  /** The pseudonym under which the platform keeps what is theirs. */
  subject: z.string(),
  /** Who acts for a company. */
  agent: z.string().optional(),
  method: z.enum(identityMethods),
  level: z.enum(assuranceLevels),
  realName: z.boolean(),
});
export type Identity = Omit<z.infer<typeof statement>, 'purpose'>;
const claims = statement.extend({ expiresAt: z.iso.datetime() });

/** Statements about who is at a kiosk, which every process of the store can check. */
export interface Identities {
  issue(identity: Identity): { readonly token: string; readonly expiresAt: string };
  /** Undefined when it is none of ours, was changed or is over. */
  read(token: string): Identity | undefined;
  /**
   * The same for the same number, and without this store's key nobody finds the number again: identity numbers are few
   * enough to try them all against a plain hash.
   */
  subjectOf(kind: SubjectKind, number: string): string;
}

export async function openIdentities(database: SqlDatabase, clock: Pick<Clock, 'now'>): Promise<Identities> {
  const mac = await openMac(database, 'token-key');
  const pseudonyms = await openMac(database, 'subject-key');
  return {
    issue(identity) {
      const expiresAt = new Date(clock.now().getTime() + IDENTITY_LIFETIME_MS).toISOString();
      return { token: writeSigned(mac, { purpose: 'identity', ...identity, expiresAt }), expiresAt };
    },
    read(token) {
      const read = claims.safeParse(readSigned(mac, token));
      if (!read.success || Date.parse(read.data.expiresAt) <= clock.now().getTime()) return undefined;
      const { purpose: _purpose, expiresAt: _expiresAt, ...identity } = read.data;
      return identity;
    },
    subjectOf: (kind, number) => pseudonyms(`${kind}:${number}`).toString('hex'),
  };
}
