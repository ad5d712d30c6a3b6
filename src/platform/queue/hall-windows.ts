import { z } from 'zod';
import { hallQueueRules, type HallQueueRules } from '../../contract/office/queue.ts';
import type { QueueWindow } from '../../domain/queue/call-next.ts';
import { APPOINTMENT_GROUP, priorityGroups } from '../../domain/queue/priority-groups.ts';
import type { Sql } from '../sql.ts';

/** A window with whose it is, and how many priority tickets it has called in a row. */
export interface HallWindow extends QueueWindow {
  readonly office: string;
  readonly run: number;
}

interface WindowRow {
  readonly number: string;
  readonly office: string;
  readonly open: number;
  readonly queues: string;
  readonly run: number;
}

const queues = z.array(z.string());

export async function readWindows(sql: Sql, hallCode: string): Promise<readonly HallWindow[]> {
  const rows = await sql.all<WindowRow>(
    'SELECT number, office, open, queues, run FROM queue_window WHERE hall_code = $1 ORDER BY number',
    [hallCode],
  );
  return rows.map((row) => ({ ...row, open: row.open === 1, queues: queues.parse(JSON.parse(row.queues)) }));
}

export async function writeWindow(sql: Sql, hallCode: string, window: HallWindow): Promise<void> {
  const { number, office, open, run } = window;
  await sql.run(
    `INSERT INTO queue_window (hall_code, number, office, open, queues, run) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (hall_code, number) DO UPDATE
     SET open = excluded.open, queues = excluded.queues, run = excluded.run`,
    [hallCode, number, office, Number(open), JSON.stringify(window.queues), run],
  );
}

/** Where nobody has said otherwise: who has an appointment goes first, then those groups, and every third one is an ordinary ticket. */
const usual: HallQueueRules = {
  priority: [APPOINTMENT_GROUP, ...priorityGroups],
  priorityRun: 2,
  handlingMinutes: {},
};
/** For queues of which nobody has said how long a matter takes. */
export const USUAL_MINUTES = 10;

export async function readRules(
  sql: Sql,
  hallCode: string,
): Promise<{ readonly office: string | undefined; readonly rules: HallQueueRules }> {
  const row = await sql.get<{ office: string; content: string }>(
    'SELECT office, content FROM queue_hall WHERE hall_code = $1',
    [hallCode],
  );
  if (!row) return { office: undefined, rules: usual };
  return { office: row.office, rules: hallQueueRules.parse(JSON.parse(row.content)) };
}

export async function writeRules(sql: Sql, hallCode: string, office: string, rules: HallQueueRules): Promise<void> {
  await sql.run(
    `INSERT INTO queue_hall (hall_code, office, content) VALUES ($1, $2, $3)
     ON CONFLICT (hall_code) DO UPDATE SET content = excluded.content`,
    [hallCode, office, JSON.stringify(rules)],
  );
}
