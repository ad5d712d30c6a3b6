import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { chinaDay } from '../../src/platform/official-numbers.ts';
import { idNumberCheckCharacter } from '../../src/domain/id-number.ts';
import { cardOf, kioskClient, saidWho } from '../fixtures/kiosk-client.ts';
import { officeClient } from '../fixtures/office-client.ts';
import { noPostgres, startPostgres, type TestPostgres } from '../fixtures/postgres.ts';

const program = join(import.meta.dirname, '../../src/platform/process.ts');
const ready = z.object({ type: z.literal('ready'), url: z.url() });
const hallCode = '990101';
const kioskId = 'KSK1';
const item = 'ITEM';
const officer = { office: 'HALL-OFFICE', id: '1' };
const headers = (key: string = randomUUID()) => ({ 'idempotency-key': `"${key}"` });

/** Made-up people: the region does not exist. */
function person(index: number) {
  const digits = `99010119800101${String(index).padStart(3, '0')}`;
  return cardOf('某人', `${digits}${idNumberCheckCharacter(digits)}`);
}

/** The same request at both processes at the same time, as after an answer that came too late; the one answer that both agree on. */
async function twice<T>(work: (url: string) => Promise<T>, urls: readonly string[]): Promise<T | undefined> {
  const again = async (url: string): Promise<T | undefined> => {
    for (;;) {
      const answer = await work(url).then(
        (value) => ({ value }),
        (error: { code?: string }) => error,
      );
      if ('value' in answer) return answer.value;
      if (answer.code === 'REFUSED') return undefined;
      // The other process is at it.
      if (answer.code !== 'IN_PROGRESS') throw answer;
    }
  };
  const answers = await Promise.all(urls.map(again));
  expect(answers[1]).toEqual(answers[0]);
  return answers[0];
}

describe.skipIf(noPostgres !== undefined)('a hall on two platform processes', () => {
  let postgres: TestPostgres;
  let dataDir: string;
  let urls: string[];
  const children: ChildProcess[] = [];
  beforeAll(async () => {
    postgres = await startPostgres();
    dataDir = await mkdtemp(join(tmpdir(), 'platform-'));
    const env = { ...process.env, DATABASE_URL: await postgres.createDatabase() };
    const start = async () => {
      const child = fork(program, ['--plain-http', '--data', dataDir], { silent: true, env });
      children.push(child);
      const [message]: unknown[] = await once(child, 'message');
      return ready.parse(message).url;
    };
    urls = await Promise.all([start(), start()]);
  });
  afterAll(async () => {
    await Promise.all(
      children.map(async (child) => {
        const gone = once(child, 'exit');
        child.kill('SIGTERM');
        await gone;
      }),
    );
    await postgres.close();
    await rm(dataDir, { recursive: true });
  });

  it('has no slot overbooked and nobody booked twice, while each request comes to both', async () => {
    const day = chinaDay(new Date(Date.now() + 48 * 60 * 60 * 1_000));
    const slot = { id: randomUUID(), place: '1 号窗口', startsAt: `${day}T01:00:00Z`, endsAt: `${day}T01:30:00Z` };
    const office = officeClient(urls[0] ?? '');
    await office.appointments.publishSlots({
      headers: headers(),
      body: { officer, hallCode, slots: [{ ...slot, capacity: 12 }] },
    });
    const people = Array.from({ length: 30 }, (_, index) => person(index + 1));
    const booked = await Promise.all(
      people.map(async (reading) => {
        const key = randomUUID();
        const body = { kioskId, id: randomUUID(), slot: slot.id, item };
        const who = await saidWho(kioskClient(urls[0] ?? ''), kioskId, reading);
        const one = await twice(
          (url) => kioskClient(url).bookAppointment({ headers: { ...headers(key), ...who }, body }),
          urls,
        );
        // And another one on purpose, under its own key.
        const further = { key: randomUUID(), body: { ...body, id: randomUUID() } };
        const second = await twice(
          (url) =>
            kioskClient(url).bookAppointment({ headers: { ...headers(further.key), ...who }, body: further.body }),
          urls,
        );
        expect(second === undefined || one === undefined).toBe(true);
        return one ?? second;
      }),
    );
    const { appointments } = await office.appointments.day({ hallCode, day });
    expect(appointments).toHaveLength(12);
    expect(booked.flatMap((one) => one?.id ?? []).toSorted()).toEqual(appointments.map(({ id }) => id).toSorted());
  });

  it('calls each number to one window, while windows of both call at the same time', async () => {
    const day = chinaDay(new Date());
    const place = { kioskId, hallCode, queue: 'A', day };
    const kiosk = kioskClient(urls[0] ?? '');
    const lease = randomUUID();
    const { first } = await kiosk.leaseQueueNumbers({ headers: headers(), body: { ...place, id: lease, count: 40 } });
    const TICKETS = 40;
    for (let index = 0; index < TICKETS; index += 1) {
      const takenAt = new Date(Date.now() - (TICKETS - index) * 1_000).toISOString();
      const body = { ...place, id: randomUUID(), lease, number: first + index, itemCode: item, takenAt };
      await kiosk.submitQueueTicket({ headers: headers(), body: { ...body, state: 'not-called' } });
    }
    const called = await Promise.all(
      ['1', '2', '3', '4', '5', '6'].map(async (window) => {
        const at = { officer, hallCode, window };
        const queueAt = (url: string | undefined) => officeClient(url ?? '').queue;
        await queueAt(urls[0]).setWindow({ headers: headers(), body: { ...at, open: true, queues: ['A'] } });
        const numbers: string[] = [];
        for (;;) {
          const key = randomUUID();
          const answer = await twice((url) => queueAt(url).callNext({ headers: headers(key), body: at }), urls);
          if (!answer?.at) return numbers;
          numbers.push(answer.at.number);
          await queueAt(urls[numbers.length % 2]).accept({ headers: headers(), body: at });
          await queueAt(urls[(numbers.length + 1) % 2]).finish({ headers: headers(), body: at });
        }
      }),
    );
    const all = called.flat();
    expect(all).toHaveLength(TICKETS);
    expect(new Set(all).size).toBe(TICKETS);
    // Each window calls in the order in which they came.
    for (const numbers of called) expect(numbers).toEqual(numbers.toSorted());
  });
});
