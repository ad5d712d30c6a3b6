import {
  enquirySubmission,
  type EnquiryAnswer,
  type EnquiryReceipt,
  type EnquirySubmission,
} from '../../contract/enquiry-calls.ts';
import type { EnquiryAct, EnquiryDetail, EnquiryEntry } from '../../contract/office/complaints.ts';
import type { Officer } from '../../contract/office/office-call.ts';
import { hallDay } from '../../domain/calendar/day.ts';
import { warningColour } from '../../domain/limits/warning.ts';
import {
  type Enquiry,
  enquiryStanding,
  type ExtensionRefusal,
  extendEnquiry,
  isReadableIn,
} from '../../domain/enquiry/enquiry.ts';
import { done, refused, type Result } from '../../domain/result.ts';
import { contentHash, sha256 } from '../content-hash.ts';
import { officeTime } from '../office-time.ts';
import type { Sql } from '../sql.ts';
import { answerLimits } from './limits.ts';

/** Enquiries in one answer to an office. */
const PAGE_ENQUIRIES = 200;

export interface EnquiryRow {
  readonly id: string;
  readonly hall_code: string;
  readonly concerns: string | null;
  readonly standing: string;
  readonly content: string;
  readonly answer: string | null;
  readonly received_at: string;
}
interface ActRow {
  readonly at: string;
  readonly office: string;
  readonly officer: string;
  readonly act: EnquiryAct;
}

export const enquiryColumns = 'id, hall_code, concerns, standing, content, answer, received_at';

/** `isReadableIn` of the domain as a condition, so that pages are full. `$1`: the hall of the office that asks, or empty. */
export const readableEnquiry = `(kind <> 'complaint' OR concerns <> $1)`;

/** What is kept of what was written: the code only as its hash, which no one can turn back. */
export const keptEnquiry = enquirySubmission.omit({ answerCode: true });

/** Takes an enquiry in; the same one again gets its first answer. Part of a transaction. */
export async function addEnquiry(
  sql: Sql,
  submission: EnquirySubmission,
  at: Date,
): Promise<Result<EnquiryReceipt, 'content-differs'>> {
  const { answerCode, ...content } = submission;
  const hash = contentHash(submission);
  const answerHash = sha256(answerCode);
  const known = await sql.get<{ content_hash: string; due_on: string; received_at: string }>(
    'SELECT content_hash, due_on, received_at FROM enquiry WHERE id = $1 OR answer_hash = $2',
    [submission.id, answerHash],
  );
  if (known && known.content_hash !== hash) return refused('content-differs');
  if (known) return done({ receivedAt: known.received_at, dueDay: known.due_on });
  const receivedAt = at.toISOString();
  const { kind, hallCode, concerns = hallCode } = submission;
  // From the platform's own time: what a kiosk's clock says would move the day that an office is held to.
  const enquiry: Enquiry = { kind, submittedAt: receivedAt, limit: answerLimits[kind] };
  const { due } = enquiryStanding(officeTime, enquiry, receivedAt);
  await sql.run(
    `INSERT INTO enquiry
       (id, kind, hall_code, concerns, item_code, answer_hash, is_open, due_on, standing, content, content_hash,
        received_at, received_on)
     VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8, $9, $10, $11, $12)`,
    [
      submission.id,
      kind,
      hallCode,
      kind === 'complaint' ? concerns : null,
      submission.itemCode ?? null,
      answerHash,
      due,
      JSON.stringify(enquiry),
      JSON.stringify(content),
      hash,
      receivedAt,
      hallDay(receivedAt),
    ],
  );
  return done({ receivedAt, dueDay: due });
}

/** For whoever has the code. */
export async function readAnswer(sql: Sql, code: string, now: Date): Promise<EnquiryAnswer | undefined> {
  const row = await sql.get<EnquiryRow>(`SELECT ${enquiryColumns} FROM enquiry WHERE answer_hash = $1`, [sha256(code)]);
  if (!row) return undefined;
  const { kind, state, receivedAt, dueDay, overdueDays, extension } = entryOf(row, now);
  return { kind, state, receivedAt, dueDay, overdueDays, ...(extension && { extension }), ...answerOf(row) };
}

/** @param hall that of the office that asks */
export async function listEnquiries(
  sql: Sql,
  hall: string | undefined,
  which: 'all' | 'open' | 'due-soon',
  after: string,
  now: Date,
): Promise<{ enquiries: EnquiryEntry[]; more: boolean }> {
  const rows = await sql.all<EnquiryRow>(
    `SELECT ${enquiryColumns} FROM enquiry WHERE ${readableEnquiry} AND ($2 = 'all' OR is_open = 1)
       AND ($3 = '' OR due_on > (SELECT due_on FROM enquiry WHERE id = $3)
         OR (id > $3 AND due_on = (SELECT due_on FROM enquiry WHERE id = $3)))
     ORDER BY due_on, id LIMIT ${PAGE_ENQUIRIES + 1}`,
    [hall ?? '', which, after],
  );
  const entries = rows.slice(0, PAGE_ENQUIRIES).map((row) => entryOf(row, now));
  const enquiries = which === 'due-soon' ? entries.filter(({ warning }) => warning !== 'none') : entries;
  return { enquiries, more: rows.length > PAGE_ENQUIRIES };
}

export async function readEnquiry(
  sql: Sql,
  hall: string | undefined,
  id: string,
  now: Date,
): Promise<EnquiryDetail | undefined> {
  const row = await findEnquiry(sql, hall, id);
  if (!row) return undefined;
  const acts = await sql.all<ActRow>(
    'SELECT at, office, officer, act FROM enquiry_act WHERE enquiry_id = $1 ORDER BY rowid',
    [id],
  );
  return {
    ...entryOf(row, now),
    text: contentOf(row).text,
    ...answerOf(row),
    trail: acts.map(({ at, office, officer, act }) => ({ at, officer: { office, id: officer }, act })),
  };
}

/** Whom to call; that somebody looked is written down with it. Part of a transaction. */
export async function readContact(
  sql: Sql,
  hall: string | undefined,
  { officer, id }: { officer: Officer; id: string },
  at: Date,
): Promise<Result<{ phone: string; name?: string | undefined }, 'unknown-enquiry' | 'no-contact'>> {
  const row = await findEnquiry(sql, hall, id);
  if (!row) return refused('unknown-enquiry');
  const { contact } = contentOf(row);
  if (!contact) return refused('no-contact');
  await note(sql, id, officer, 'contact-read', at);
  return done(contact);
}

/** Gives it more days, once. Part of a transaction. */
export async function extendOne(
  sql: Sql,
  hall: string | undefined,
  { officer, id, days, reason }: { officer: Officer; id: string; days: number; reason: string },
  at: Date,
): Promise<Result<EnquiryEntry, 'unknown-enquiry' | ExtensionRefusal>> {
  const row = await lockEnquiry(sql, hall, id);
  if (!row) return refused('unknown-enquiry');
  const extended = extendEnquiry(officeTime, enquiryOf(row), { by: days, reason }, at.toISOString());
  if (!extended.ok) return extended;
  return done(await keep(sql, { ...row, standing: JSON.stringify(extended.value) }, officer, 'extended', at));
}

/** Answers, once. Part of a transaction. */
export async function answerOne(
  sql: Sql,
  hall: string | undefined,
  { officer, id, text }: { officer: Officer; id: string; text: string },
  at: Date,
): Promise<Result<EnquiryEntry, 'unknown-enquiry' | 'answered-already' | 'no-words'>> {
  if (text === '') return refused('no-words');
  const row = await lockEnquiry(sql, hall, id);
  if (!row) return refused('unknown-enquiry');
  const enquiry = enquiryOf(row);
  if (enquiry.answeredAt !== undefined) return refused('answered-already');
  const answered: Enquiry = { ...enquiry, answeredAt: at.toISOString() };
  return done(await keep(sql, { ...row, standing: JSON.stringify(answered), answer: text }, officer, 'answered', at));
}

async function keep(sql: Sql, row: EnquiryRow, officer: Officer, act: EnquiryAct, at: Date): Promise<EnquiryEntry> {
  const entry = entryOf(row, at);
  await sql.run('UPDATE enquiry SET standing = $1, answer = $2, due_on = $3, is_open = $4 WHERE id = $5', [
    row.standing,
    row.answer,
    entry.dueDay,
    row.answer === null ? 1 : 0,
    row.id,
  ]);
  await note(sql, row.id, officer, act, at);
  return entry;
}

function note(sql: Sql, id: string, { office, id: person }: Officer, act: EnquiryAct, at: Date): Promise<void> {
  return sql.run('INSERT INTO enquiry_act (enquiry_id, at, office, officer, act) VALUES ($1, $2, $3, $4, $5)', [
    id,
    at.toISOString(),
    office,
    person,
    act,
  ]);
}

async function findEnquiry(sql: Sql, hall: string | undefined, id: string): Promise<EnquiryRow | undefined> {
  const row = await sql.get<EnquiryRow>(`SELECT ${enquiryColumns} FROM enquiry WHERE id = $1`, [id]);
  if (!row || hall === undefined) return row;
  const { kind } = enquiryOf(row);
  return isReadableIn(hall, { kind, ...(row.concerns !== null && { concerns: row.concerns }) }) ? row : undefined;
}

/** The same for a change: of two at once the second sees what the first did. */
async function lockEnquiry(sql: Sql, hall: string | undefined, id: string): Promise<EnquiryRow | undefined> {
  await sql.run('UPDATE enquiry SET is_open = is_open WHERE id = $1', [id]);
  return findEnquiry(sql, hall, id);
}

const contentOf = ({ content }: EnquiryRow) => keptEnquiry.parse(JSON.parse(content));

/** As this platform wrote it. */
const enquiryOf = ({ standing }: EnquiryRow): Enquiry => JSON.parse(standing) as Enquiry;

const answerOf = (row: EnquiryRow) => {
  const { answeredAt } = enquiryOf(row);
  return row.answer !== null && answeredAt !== undefined && { answer: { text: row.answer, at: answeredAt } };
};

export function entryOf(row: EnquiryRow, now: Date): EnquiryEntry {
  const enquiry = enquiryOf(row);
  const { state, due, overdueDays } = enquiryStanding(officeTime, enquiry, now.toISOString());
  const { itemCode, submittedAt, contact } = contentOf(row);
  const deadline = { state: 'due', day: due, assumedYears: [] } as const;
  const colour = row.answer === null ? warningColour(officeTime, deadline, now.toISOString()) : 'none';
  const { kind, limit, extension } = enquiry;
  return {
    id: row.id,
    kind,
    hallCode: row.hall_code,
    ...(row.concerns !== null && { concerns: row.concerns }),
    ...(itemCode !== undefined && { itemCode }),
    submittedAt,
    receivedAt: row.received_at,
    limit,
    ...(extension && { extension: { days: extension.by, reason: extension.reason } }),
    dueDay: due,
    state,
    overdueDays,
    warning: colour === 'stopped' ? 'none' : colour,
    hasContact: contact !== undefined,
  };
}
