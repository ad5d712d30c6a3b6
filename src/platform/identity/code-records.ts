import { randomBytes, randomInt } from 'node:crypto';
import { sha256 } from '../content-hash.ts';
import { IDENTITY_CODE_LIFETIME_MS, IDENTITY_CODE_TRIES } from '../limits.ts';
import type { Transaction } from '../sql.ts';

/** For whom a code was given. */
interface CodeRow {
  readonly code_hash: string;
  readonly subject: string;
  readonly expires_at: string;
  readonly used_by: string | null;
  readonly tries: number;
}

/** An app shows its code, nobody types it; one that comes to a telephone is typed in. */
const makeCode = {
  app: () => randomBytes(18).toString('base64url'),
  sms: () => String(randomInt(1_000_000)).padStart(6, '0'),
};

/** Gives a code to somebody. A telephone has one code, the last; an account as many as its owner asked for. */
export async function giveCode(
  sql: Transaction,
  via: 'app' | 'sms',
  subject: string,
  at: Date,
): Promise<{ code: string; expiresAt: string }> {
  const code = makeCode[via]();
  const expiresAt = new Date(at.getTime() + IDENTITY_CODE_LIFETIME_MS).toISOString();
  await sql.run(
    `INSERT INTO identity_code (id, code_hash, subject, expires_at, tries) VALUES ($1, $2, $3, $4, 0)
     ON CONFLICT (id) DO UPDATE
     SET code_hash = excluded.code_hash, expires_at = excluded.expires_at, used_by = NULL, tries = 0`,
    [via === 'app' ? sha256(code) : subject, sha256(code), subject, expiresAt],
  );
  return { code, expiresAt };
}

/**
 * Whose code it is. It is used up by the kiosk that shows it first; that kiosk may ask again, in case the answer got lost.
 *
 * @param phone whose code it has to be, for one that came to a telephone
 */
export async function useCode(
  sql: Transaction,
  code: string,
  phone: string | undefined,
  kioskId: string,
  at: Date,
): Promise<string | undefined> {
  const id = phone ?? sha256(code);
  const row = await sql.get<CodeRow>(
    'SELECT code_hash, subject, expires_at, used_by, tries FROM identity_code WHERE id = $1',
    [id],
  );
  if (!row || row.expires_at <= at.toISOString() || row.tries >= IDENTITY_CODE_TRIES) return undefined;
  if (row.code_hash !== sha256(code)) {
    await sql.run('UPDATE identity_code SET tries = tries + 1 WHERE id = $1', [id]);
    return undefined;
  }
  // Two kiosks at once: the second one finds the row used.
  const used = await sql.get<{ subject: string }>(
    'UPDATE identity_code SET used_by = $1 WHERE id = $2 AND (used_by IS NULL OR used_by = $3) RETURNING subject',
    [kioskId, id, kioskId],
  );
  return used?.subject;
}
