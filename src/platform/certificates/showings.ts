import { randomBytes } from 'node:crypto';
import { type ShowingPurpose, showingPurpose } from '../../contract/certificate-record.ts';
import { done, refused, type Result } from '../../domain/result.ts';
import { sha256 } from '../content-hash.ts';
import { SHOWING_LIFETIME_MS } from '../limits.ts';
import type { Sql, Transaction } from '../sql.ts';

/** A certificate that somebody shows: 亮证. */
export interface Showing {
  readonly certificate: string;
  readonly subject: string;
  readonly purpose: ShowingPurpose;
  readonly shownAt: string;
}

interface ShowingRow {
  readonly certificate_id: string;
  readonly subject: string;
  readonly purpose: string;
  readonly shown_at: string;
  readonly expires_at: string;
}

/** Makes a token that says nothing by itself. Only its hash is kept. */
export async function addShowing(
  sql: Sql,
  { certificate, subject, purpose, shownAt }: Showing,
): Promise<{ token: string; expiresAt: string }> {
  const token = randomBytes(18).toString('base64url');
  const expiresAt = new Date(Date.parse(shownAt) + SHOWING_LIFETIME_MS).toISOString();
  await sql.run(
    `INSERT INTO certificate_showing (token_hash, certificate_id, subject, purpose, shown_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [sha256(token), certificate, subject, JSON.stringify(purpose), shownAt, expiresAt],
  );
  return { token, expiresAt };
}

/** Uses a token up, for the office that it was shown to. Of two windows at once one gets it. */
export async function takeShowing(
  sql: Transaction,
  token: string,
  office: string,
  at: Date,
): Promise<Result<Showing, 'token-unknown' | 'other-office'>> {
  const row = await sql.get<ShowingRow>(
    'SELECT certificate_id, subject, purpose, shown_at, expires_at FROM certificate_showing WHERE token_hash = $1',
    [sha256(token)],
  );
  if (!row || row.expires_at <= at.toISOString()) return refused('token-unknown');
  const purpose = showingPurpose.parse(JSON.parse(row.purpose));
  if (purpose.office !== office) return refused('other-office');
  const taken = await sql.get('DELETE FROM certificate_showing WHERE token_hash = $1 RETURNING token_hash', [
    sha256(token),
  ]);
  if (!taken) return refused('token-unknown');
  return done({ certificate: row.certificate_id, subject: row.subject, purpose, shownAt: row.shown_at });
}
