import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { caseReceipt } from '../../../src/contract/platform-api.ts';
import { caseExample } from '../../../src/contract/platform-examples.ts';
import { noPostgres, startPostgres } from '../../fixtures/postgres.ts';
import { type BenchContext, type Measure, type Measured, median, type Row } from '../measure.ts';
import { type Server, startPlatform } from './children.ts';

const ROUNDS = 3;
const CASES = 800;
/** Kiosks that hand in at the same time, each on a connection that it keeps. */
const KIOSKS = 16;
/** The cases of one hall are numbered one after the other; a fleet has several halls. */
const HALLS = ['990101', '990102', '990103', '990104'];
/** Cases a second: 100 kiosks that were cut off for three days, 200 cases a day each, are through within an hour. */
const TARGET = 20;

type Intake = readonly Server[];

/** Durable hand-ins a second at platform processes of their own, each on its store's usual durability. */
export const platformIntake: Measure = {
  name: 'platform-intake',
  explanation: `Cases a second that ${KIOSKS} kiosks hand in at once, each acknowledged after its commit.`,
  async run(context) {
    const rates: Record<string, number[]> = { sqlite: [], postgres: [], 'postgres-2-processes': [] };
    const postgres = noPostgres === undefined ? await startPostgres() : undefined;
    if (!postgres) context.say(`without PostgreSQL: ${noPostgres}`);
    try {
      for (let round = 0; round < ROUNDS; round += 1) {
        rates['sqlite']?.push(await take(context, `sqlite-${round}`, 1, undefined));
        if (!postgres) continue;
        rates['postgres']?.push(await take(context, `postgres-${round}`, 1, await postgres.createDatabase()));
        const shared = await postgres.createDatabase();
        rates['postgres-2-processes']?.push(await take(context, `postgres-two-${round}`, 2, shared));
      }
    } finally {
      await postgres?.close();
    }
    return measured(rates);
  },
};

function measured(rates: Readonly<Record<string, readonly number[]>>): Measured {
  const rows = Object.entries(rates).flatMap(([name, values]): Row[] =>
    values.length === 0
      ? []
      : [{ name: `platform-intake-${name}-per-second`, value: median(values), target: TARGET, atLeast: true }],
  );
  return { rows, raw: rates };
}

async function take(context: BenchContext, name: string, processes: number, url: string | undefined): Promise<number> {
  const folder = join(context.folder, name);
  const intake = await Promise.all(Array.from({ length: processes }, () => startPlatform(folder, url)));
  try {
    // So that code is compiled and connections are open.
    await handInAll(intake, 0, KIOSKS * 8);
    const before = performance.now();
    await handInAll(intake, CASES, CASES);
    const rate = CASES / ((performance.now() - before) / 1_000);
    context.say(`${name}: ${rate.toFixed(0)} cases a second`);
    return rate;
  } finally {
    for (const server of intake) await server.stop();
  }
}

/** Cases with the serials from `first` on, spread over the processes as a balancer does. */
async function handInAll(intake: Intake, first: number, count: number): Promise<void> {
  let next = first;
  const kiosk = async (_each: unknown, place: number): Promise<void> => {
    const at = intake[place % intake.length];
    if (!at) throw new Error('there is no process');
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    while (next < first + count) {
      next += 1;
      await handIn(new URL('/cases', at.url), agent, next);
    }
    agent.destroy();
  };
  await Promise.all(Array.from({ length: KIOSKS }, kiosk));
}

async function handIn(url: URL, agent: Agent, serial: number): Promise<void> {
  const ending = String(serial).padStart(12, '0');
  const body = JSON.stringify({
    ...caseExample,
    id: `019ab4c0-5a00-7000-8000-${ending}`,
    provisionalNumber: `YS-${serial}`,
    receiptCode: `R${serial}`,
    hallCode: HALLS[serial % HALLS.length],
    materials: [],
  });
  const sent = request(url, {
    agent,
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'idempotency-key': `"019ab4c0-5a00-7000-9000-${ending}"`,
    },
  });
  sent.end(body);
  const [answer]: IncomingMessage[] = await once(sent, 'response');
  if (!answer) throw new Error('a response event without a response');
  caseReceipt.parse(await json(answer));
}
