import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildPack } from '../../src/domain/catalogue/pack.ts';
import type { Fault } from '../../src/platform/faults.ts';
import { CallHall } from '../fixtures/calls/call-hall.ts';
import type { HallTime } from '../fixtures/calls/people-hall.ts';
import { type PlatformCall, platformCalls, type Prepared, send } from '../fixtures/calls/calls.ts';

const program = join(import.meta.dirname, '../../src/platform/process.ts');
const readyMessage = z.strictObject({ type: z.literal('ready'), url: z.url() });
const receivedMessage = z.object({
  received: z.object({ cases: z.array(z.object({ id: z.uuid() })), replays: z.int() }),
});

/** A store of its own in memory. */
const { DATABASE_URL: _other, ...env } = process.env;

/** What is done well is done now. */
const time: HallTime = {
  get now() {
    return new Date();
  },
  set: () => {
    throw new Error('another process has a clock of its own');
  },
};

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
}

async function startProcess(dataDir: string): Promise<Running> {
  const child = fork(program, ['--plain-http', '--admin', '--data', dataDir], { silent: true, env });
  return { child, url: readyMessage.parse(await answerOf(child)).url };
}

async function answerOf(child: ChildProcess): Promise<unknown> {
  const [message]: unknown[] = await once(child, 'message');
  return message;
}

/** Publishes a catalogue as somebody does by hand. */
async function publishAt(url: string, ...[batch, items]: Parameters<typeof buildPack>): Promise<void> {
  const pack = buildPack(batch, items);
  if (!pack.ok) throw new Error(pack.reason);
  const answer = await fetch(`${url}/admin/catalogue`, { method: 'PUT', body: JSON.stringify(pack.value) });
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining(batch)]);
}

describe('the platform as a plain process', () => {
  let folder: string;
  let here: Running;
  let hall: CallHall;
  const running: Running[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'platform-'));
    for (const region of ['here', 'elsewhere']) running.push(await startProcess(join(folder, region)));
    const [first, second] = running;
    if (!first || !second) throw new Error('two were started');
    here = first;
    hall = new CallHall(here.url, time, new CallHall(second.url, time, undefined));
    for (const { url } of running) await CallHall.publishItems((batch, items) => publishAt(url, batch, items));
  });
  afterAll(async () => {
    for (const { child } of running) {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    }
    await rm(folder, { recursive: true });
  });

  async function received() {
    here.child.send({ type: 'received' });
    return receivedMessage.parse(await answerOf(here.child)).received;
  }
  async function setFault(fault: Fault): Promise<void> {
    here.child.send({ type: 'fault', fault });
    expect(await answerOf(here.child)).toEqual({ type: 'fault-set' });
  }
  async function expectGood({ name, goodStatus, output }: PlatformCall, one: Prepared): Promise<void> {
    const { status, body } = await send(here.url, one);
    expect([name, status, output.safeParse(body).error, body]).toEqual([name, goodStatus, undefined, body]);
  }

  it('[P-21] answers every call, is out of order on demand, and says what it received', async () => {
    for (const call of platformCalls) await expectGood(call, await call.good(hall));
    const one = hall.submission();
    const call = platformCalls.find(({ name }) => name === 'submitCase');
    if (!call) throw new Error('cases are handed in');
    const prepared = { ...(await call.good(hall)), body: JSON.stringify(one) };
    const { replays } = await received();
    for (const fault of [{ kind: 'status', status: 503 }, { kind: 'html' }] as const) {
      await setFault(fault);
      await expect(expectGood(call, prepared)).rejects.toThrow('expected');
    }
    for (const fault of [{ kind: 'down' }, { kind: 'lose-answers', share: 1 }] as const) {
      await setFault(fault);
      await expect(send(here.url, prepared)).rejects.toThrow('fetch failed');
      expect((await received()).cases.some(({ id }) => id === one.id)).toBe(fault.kind === 'lose-answers');
    }
    await setFault({ kind: 'none' });
    await expectGood(call, prepared);
    const after = await received();
    expect([after.cases.filter(({ id }) => id === one.id).length, after.replays]).toEqual([1, replays + 1]);
  });
});
