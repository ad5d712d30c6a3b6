import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { caseExample } from '../../src/contract/platform-examples.ts';
import { noPostgres, startPostgres, type TestPostgres } from '../fixtures/postgres.ts';

const program = join(import.meta.dirname, '../../src/platform/process.ts');
const ready = z.object({ type: z.literal('ready'), url: z.url() });
const answer = z.object({
  received: z.object({ cases: z.array(z.object({ id: z.string(), officialNumber: z.string() })) }),
});
const receipt = z.object({ officialNumber: z.string() });

const CASES = 120;
const uuid = (block: string, index: number) => `019ab4c0-5a00-7000-${block}-${String(index).padStart(12, '0')}`;

describe.skipIf(noPostgres !== undefined)('two platform processes on one PostgreSQL', () => {
  let postgres: TestPostgres;
  let dataDir: string;
  const children: ChildProcess[] = [];
  beforeAll(async () => {
    postgres = await startPostgres();
    dataDir = await mkdtemp(join(tmpdir(), 'platform-'));
  });
  afterEach(async () => {
    await Promise.all(
      children.splice(0).map(async (child) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        child.kill('SIGTERM');
        await once(child, 'exit');
      }),
    );
  });
  afterAll(async () => {
    await postgres.close();
    await rm(dataDir, { recursive: true });
  });

  async function startPlatform(databaseUrl: string) {
    const child = fork(program, ['--plain-http', '--data', dataDir], {
      silent: true,
      env: { ...process.env, DATABASE_URL: databaseUrl },
    });
    children.push(child);
    const [message]: unknown[] = await once(child, 'message');
    return { child, url: ready.parse(message).url };
  }

  /** As a kiosk does behind a balancer: again and again with the same key, each time at the next process. */
  async function handIn(index: number, urls: readonly string[]): Promise<string> {
    const numbers = { id: uuid('8000', index), provisionalNumber: `YS-${index}`, receiptCode: `R${index}` };
    const body = JSON.stringify({ ...caseExample, ...numbers, materials: [] });
    const headers = { 'content-type': 'application/json', 'idempotency-key': `"${uuid('9000', index)}"` };
    for (let tries = index; ; tries += 1) {
      const url = urls[tries % urls.length];
      const response = await fetch(`${url}/cases`, { method: 'POST', headers, body }).catch(() => undefined);
      if (response?.status === 200) return receipt.parse(await response.json()).officialNumber;
      await response?.body?.cancel();
    }
  }

  it('take every case exactly once while one of them is killed, and number them without gap', async () => {
    const url = await postgres.createDatabase();
    const [one, two] = await Promise.all([startPlatform(url), startPlatform(url)]);
    let taken = 0;
    const handedIn = await Promise.all(
      Array.from({ length: CASES }, async (_, index) => {
        const urls = [one.url, two.url];
        // Each twice at the same time, as after an answer that came too late.
        const official = await Promise.all([handIn(index, urls), handIn(index, urls.toReversed())]);
        taken += 1;
        if (taken === CASES / 4) one.child.kill('SIGKILL');
        return official;
      }),
    );
    expect(one.child.signalCode).toBe('SIGKILL');
    expect(handedIn.filter(([first, second]) => first !== second)).toEqual([]);

    two.child.send({ type: 'received' });
    const [message]: unknown[] = await once(two.child, 'message');
    const { cases } = answer.parse(message).received;
    expect(new Map(cases.map(({ id, officialNumber }) => [id, officialNumber]))).toEqual(
      new Map(handedIn.map(([official], index) => [uuid('8000', index), official])),
    );
    expect(cases.map(({ officialNumber }) => Number(officialNumber.slice(-5))).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: CASES }, (_, index) => index + 1),
    );
  });
});
