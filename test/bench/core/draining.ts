import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { Agent, type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { SYNC_LANES } from '../../../src/core/limits.ts';
import { writeConfig } from '../../fixtures/core-bench.ts';
import { queueCases, queuedId, queuedSubmission } from '../../fixtures/queued-cases.ts';
import { type BenchContext, type Measure, type Measured, median } from '../measure.ts';
import { startPlatform } from './children.ts';
import { RunningCore } from './running-core.ts';

const ROUNDS = 3;
const TARGET = 0.8;

/** How fast a queue empties; both sides against a platform of their own on a fresh store. */
export function draining(cases: number): Measure {
  return {
    name: 'draining',
    explanation:
      `Cases a second while core drains ${cases} of them to the platform, from its first sight of it, against plain POSTs of ` +
      `the same bodies by node:http over ${SYNC_LANES} kept connections; by turns, median of the ratios.`,
    run: (context) => run(context, cases),
  };
}

async function run({ folder, say }: BenchContext, cases: number): Promise<Measured> {
  const rounds: { readonly plain: number; readonly core: number; readonly ratio: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const plain = await onPlatform(join(folder, `plain-${round}`), (url) => postAll(url, cases));
    const core = await onPlatform(join(folder, `core-${round}`), (url) =>
      drain(join(folder, `kiosk-${round}`), url, cases),
    );
    rounds.push({ plain, core, ratio: core / plain });
    say(`round ${round + 1}: plain ${plain.toFixed(0)}, core ${core.toFixed(0)} cases a second`);
  }
  const value = median(rounds.map(({ ratio }) => ratio));
  return { rows: [{ name: 'draining', value, target: TARGET, atLeast: true }], raw: { cases, rounds } };
}

async function onPlatform(folder: string, use: (url: string) => Promise<number>): Promise<number> {
  const platform = await startPlatform(folder);
  try {
    return await use(platform.url);
  } finally {
    await platform.stop();
  }
}

async function drain(folder: string, platformUrl: string, cases: number): Promise<number> {
  const dataDir = join(folder, 'data');
  mkdirSync(dataDir, { recursive: true });
  queueCases(
    dataDir,
    Array.from({ length: cases }, (_, serial) => ({ serial })),
  );
  const core = await RunningCore.start(folder, writeConfig(folder, platformUrl));
  try {
    await core.until(({ platform }) => platform === 'reachable');
    const before = performance.now();
    const { needsStaff } = await core.until(({ waiting }) => waiting === 0);
    const seconds = (performance.now() - before) / 1_000;
    if (needsStaff > 0) throw new Error(`${needsStaff} cases were not taken`);
    return cases / seconds;
  } finally {
    await core.stop();
  }
}

async function postAll(platformUrl: string, cases: number): Promise<number> {
  const url = new URL('/cases', platformUrl);
  const agent = new Agent({ keepAlive: true, maxSockets: SYNC_LANES });
  const bodies = Array.from({ length: cases }, (_, serial) => JSON.stringify(queuedSubmission({ serial })));
  let next = 0;
  const lane = async (): Promise<void> => {
    for (;;) {
      const serial = next;
      const body = bodies[serial];
      if (body === undefined) return;
      next += 1;
      await post(url, agent, queuedId(serial), body);
    }
  };
  const before = performance.now();
  await Promise.all(Array.from({ length: SYNC_LANES }, lane));
  const seconds = (performance.now() - before) / 1_000;
  agent.destroy();
  return cases / seconds;
}

async function post(url: URL, agent: Agent, key: string, body: string): Promise<void> {
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'idempotency-key': `"${key}"`,
  };
  const sent = request(url, { agent, method: 'POST', headers });
  sent.end(body);
  const [answer]: IncomingMessage[] = await once(sent, 'response');
  if (!answer) throw new Error('a response event without a response');
  const said = await text(answer);
  if (answer.statusCode !== 200) throw new Error(`status ${answer.statusCode}: ${said}`);
}
