import { z } from 'zod';
import { type LateGround } from '../../contract/office/cases.ts';
import { officer } from '../../contract/office/office-call.ts';
import type { Ground, HandIn, NoticeHistory } from '../../domain/notice/one-time-notice.ts';
import { contentHash } from '../content-hash.ts';
import type { Sql } from '../sql.ts';
import type { CaseFile } from './case-file.ts';

const ground = z.object({ rule: z.string(), on: z.array(z.string()) });
const keptRound = z.object({
  handIn: z.object({ content: z.record(z.string(), z.string()), knowable: z.array(ground) }),
  /** Absent when nothing was found fault with. */
  notice: z.object({ round: z.int(), at: z.string(), grounds: z.array(ground) }).optional(),
});
type KeptRound = z.infer<typeof keptRound>;

const lateContent = z.object({ grounds: z.array(ground), at: z.string(), officer });

/** What was handed in, by hashes: enough to tell whether something changed between two rounds. */
export function handInOf({ content }: CaseFile, knowable: readonly Ground[]): HandIn {
  const { situations, fields, materials } = content;
  return {
    content: {
      ...Object.fromEntries(
        Object.entries({ ...situations, ...fields }).map(([key, value]) => [key, contentHash(value)]),
      ),
      ...Object.fromEntries(materials.map(({ id, pages }) => [id, contentHash(pages.map(({ sha256 }) => sha256))])),
    },
    knowable,
  };
}

/** The notices of the rounds so far. */
export async function readHistory(sql: Sql, caseId: string): Promise<NoticeHistory> {
  const rows = await sql.all<{ content: string }>('SELECT content FROM case_round WHERE case_id = $1 ORDER BY round', [
    caseId,
  ]);
  return rows.flatMap(({ content }) => {
    const { handIn, notice } = keptRound.parse(JSON.parse(content));
    return notice ? [{ handIn, notice }] : [];
  });
}

/** Nothing as long as the round was not looked through. */
export async function readRound(sql: Sql, { id, round }: CaseFile): Promise<KeptRound | undefined> {
  const row = await sql.get<{ content: string }>('SELECT content FROM case_round WHERE case_id = $1 AND round = $2', [
    id,
    round,
  ]);
  return row && keptRound.parse(JSON.parse(row.content));
}

export async function keepRound(
  sql: Sql,
  { id, round }: CaseFile,
  kept: { readonly handIn: HandIn; readonly notice?: NoticeHistory[number]['notice'] },
): Promise<void> {
  await sql.run(
    `INSERT INTO case_round (case_id, round, content) VALUES ($1, $2, $3)
     ON CONFLICT (case_id, round) DO UPDATE SET content = excluded.content`,
    [id, round, JSON.stringify(kept)],
  );
}

/** For supervision, once for the same grounds of a round. */
export async function flagLate(sql: Sql, { caseId, round, ...content }: LateGround): Promise<void> {
  await sql.run(
    `INSERT INTO late_ground (case_id, round, hash, content) VALUES ($1, $2, $3, $4)
     ON CONFLICT (case_id, round, hash) DO NOTHING`,
    [caseId, round, contentHash(content.grounds), JSON.stringify(content)],
  );
}

export async function readLate(sql: Sql): Promise<LateGround[]> {
  const rows = await sql.all<{ case_id: string; round: number; content: string }>(
    'SELECT case_id, round, content FROM late_ground ORDER BY rowid',
  );
  return rows.map(({ case_id: caseId, round, content }) => ({
    caseId,
    round,
    ...lateContent.parse(JSON.parse(content)),
  }));
}
