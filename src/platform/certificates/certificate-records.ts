import { z } from 'zod';
import {
  type CertificateCall,
  certificateCall,
  certificateContent,
  type CertificateContent,
  certificateState,
  type CertificateSummary,
  type SealRecord,
  sealRecord,
} from '../../contract/certificate-record.ts';
import { maskPerson } from '../../domain/masking.ts';
import { CERTIFICATE_LOG_LENGTH } from '../limits.ts';
import type { Sql } from '../sql.ts';

/** An e-certificate as the library has it. */
export interface KeptCertificate {
  readonly content: CertificateContent;
  readonly seal: SealRecord;
  readonly state: z.infer<typeof certificateState>;
}

interface CertificateRow {
  readonly content: string;
  readonly seal: string;
  readonly state: string;
}

export async function addCertificate(
  sql: Sql,
  { content, seal }: Omit<KeptCertificate, 'state'>,
  subjects: readonly string[],
): Promise<void> {
  await sql.run('INSERT INTO certificate (id, content, seal, state) VALUES ($1, $2, $3, $4)', [
    content.id,
    JSON.stringify(content),
    JSON.stringify(seal),
    'valid',
  ]);
  for (const subject of new Set(subjects))
    await sql.run('INSERT INTO certificate_user (subject, certificate_id) VALUES ($1, $2)', [subject, content.id]);
}

export async function findCertificate(sql: Sql, id: string): Promise<KeptCertificate | undefined> {
  const row = await sql.get<CertificateRow>('SELECT content, seal, state FROM certificate WHERE id = $1', [id]);
  return row && keptOf(row);
}

/** One that this subject may use. */
export async function findUsable(sql: Sql, subject: string, id: string): Promise<KeptCertificate | undefined> {
  const row = await sql.get<CertificateRow>(
    `SELECT content, seal, state FROM certificate
     WHERE id = $1 AND EXISTS (SELECT 1 FROM certificate_user WHERE subject = $2 AND certificate_id = certificate.id)`,
    [id, subject],
  );
  return row && keptOf(row);
}

/** All that a subject may use, whatever their state, in the order they were issued. */
export async function listUsable(sql: Sql, subject: string): Promise<readonly KeptCertificate[]> {
  const rows = await sql.all<CertificateRow>(
    `SELECT content, seal, state FROM certificate JOIN certificate_user ON certificate_id = certificate.id
     WHERE subject = $1 ORDER BY certificate.rowid`,
    [subject],
  );
  return rows.map(keptOf);
}

export async function setState(sql: Sql, id: string, state: KeptCertificate['state']): Promise<void> {
  await sql.run('UPDATE certificate SET state = $1 WHERE id = $2', [state, id]);
}

/** What is wrong with a certificate on a day; undefined when it counts. */
export function flawOn(
  day: string,
  { state, content: { validTo } }: KeptCertificate,
): 'suspended' | 'revoked' | 'expired' | undefined {
  if (state !== 'valid') return state;
  return validTo !== undefined && validTo < day ? 'expired' : undefined;
}

export function summaryOf({ content, state }: KeptCertificate): CertificateSummary {
  const { id, type, name, issuer, holder, validTo } = content;
  return {
    id,
    type,
    name,
    issuer: issuer.name,
    holder: maskPerson({ name: holder.name, idNumber: holder.number }),
    state,
    ...(validTo !== undefined && { validTo }),
  };
}

/** Notes a look at somebody's certificates where they can read it. */
export async function noteCall(sql: Sql, subject: string, call: CertificateCall): Promise<void> {
  await sql.run('INSERT INTO certificate_call (subject, content) VALUES ($1, $2)', [subject, JSON.stringify(call)]);
}

export async function readCalls(sql: Sql, subject: string): Promise<CertificateCall[]> {
  const rows = await sql.all<{ content: string }>(
    'SELECT content FROM certificate_call WHERE subject = $1 ORDER BY rowid DESC LIMIT $2',
    [subject, CERTIFICATE_LOG_LENGTH],
  );
  return rows.map(({ content }) => certificateCall.parse(JSON.parse(content)));
}

function keptOf({ content, seal, state }: CertificateRow): KeptCertificate {
  return {
    content: certificateContent.parse(JSON.parse(content)),
    seal: sealRecord.parse(JSON.parse(seal)),
    state: certificateState.parse(state),
  };
}
