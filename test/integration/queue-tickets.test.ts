import { type ChildProcess, fork, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, connect, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../src/contract/clock.ts';
import { makeBackup } from '../../src/core/backup/make-backup.ts';
import { restoreBackup } from '../../src/core/backup/restore-backup.ts';
import { adapters } from '../fixtures/adapters.ts';
import { benchKey, makeFolder, ManualClock, removeFolder, startCore } from '../fixtures/core-bench.ts';
import { ciphersOf } from '../fixtures/cryptography-profiles.ts';
import { type Hall, openHall } from '../fixtures/hall.ts';
import { noPostgres, startPostgres, type TestPostgres } from '../fixtures/postgres.ts';
import { oneQueue, takeNumber } from '../fixtures/queue-bench.ts';

const queues = [...oneQueue];

describe.each(adapters)('core over $name', (adapter) => {
  describe('two kiosks', () => {
    let hall: Hall<ManualClock>;
    beforeEach(async () => {
      hall = await openHall(adapter, new ManualClock());
    });
    afterEach(() => hall.close());

    it('[P-15] that lost the platform give distinct numbers, and their tickets merge when it is back', async () => {
      const kiosks = await Promise.all(
        ['KSK0', 'KSK1'].map((kioskId) => hall.start({ folder: hall.folderOf(kioskId), config: { kioskId, queues } })),
      );
      // Today's and tomorrow's.
      for (const { log } of kiosks) await log.until('core.queue-leased', 2);
      await hall.platform.setFault({ kind: 'down' });
      hall.clock.advance(61_000);
      for (const { log } of kiosks) await log.until('core.platform-changed', 1, { state: 'unreachable' });
      const given: string[][] = [];
      for (const kiosk of kiosks) {
        const numbers: string[] = [];
        for (let n = 0; n < 30; n += 1) numbers.push((await takeNumber(kiosk)).number);
        given.push(numbers);
        expect(numbers).toEqual(numbers.toSorted());
        expect(await kiosk.core.system.status()).toMatchObject({ waiting: 30, platform: 'unreachable' });
      }
      expect(new Set(given.flat()).size).toBe(60);

      await hall.platform.setFault({ kind: 'none' });
      hall.clock.advance(6_000);
      for (const { log } of kiosks) {
        await log.until('core.platform-changed', 2, { state: 'reachable' });
        hall.clock.advance(3_000);
        await log.until('core.delivered', 30, { step: 'queue-ticket' });
      }
      const { queueTickets } = await hall.platform.received();
      const arrived = queueTickets.map(({ kioskId, number }) => `${kioskId} A${String(number).padStart(3, '0')}`);
      expect(arrived.toSorted()).toEqual(
        given.flatMap((numbers, index) => numbers.map((number) => `KSK${index} ${number}`)).toSorted(),
      );
    });
  });

  describe('a backup of a kiosk', () => {
    it('that is restored gives no number that came after it', async () => {
      const hall = await openHall(adapter, systemClock);
      try {
        const bench = await hall.start({ config: { queues } });
        await bench.log.until('core.queue-leased', 2);
        const database = new Sqlite(join(bench.dataDir, 'kiosk.db'));
        const ciphers = ciphersOf.international;
        const world = { now: () => new Date(), random: (bytes: number) => randomBytes(bytes), ciphers };
        const [backup, passphrase] = [join(hall.folder, 'backup'), 'blue tortoise over nine bridges'];
        const { dataDir } = bench;
        expect(makeBackup({ ...world, database, dataDir, deviceKey: benchKey }, backup, passphrase).ok).toBe(true);
        database.close();
        const given = await takeNumber(bench);
        bench.stop();
        const clean = hall.folderOf('clean');
        expect(restoreBackup(world, backup, join(clean, 'data'), passphrase).ok).toBe(true);
        const restored = await hall.start({ folder: clean, config: { queues } });
        await restored.log.until('core.queue-leased', 2);
        const next = await takeNumber(restored);
        expect(next).not.toEqual(given);
      } finally {
        await hall.close();
      }
    });
  });
});

/** A line between one kiosk and the platforms, which can be cut. Connections go to the platforms in turn. */
class CutLine {
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  #cut = false;
  #turn = 0;

  constructor(ports: readonly number[]) {
    this.#server = createServer((near) => {
      const port = ports[(this.#turn += 1) % ports.length];
      if (this.#cut || port === undefined) {
        near.destroy();
        return;
      }
      const far = connect(port, '127.0.0.1');
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#open.add(from);
        from.pipe(to);
        from.on('error', () => to.destroy());
        from.on('close', () => {
          this.#open.delete(from);
          to.destroy();
        });
      }
    });
  }

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return `http://127.0.0.1:${address.port}`;
  }

  set cut(cut: boolean) {
    this.#cut = cut;
    if (cut) for (const socket of this.#open) socket.destroy();
  }

  close(): void {
    this.cut = true;
    this.#server.close();
  }
}

/** Of texts like `2026-11-22 A012`: shorter numbers are lower ones. */
const byNumber = (a: string, b: string): number => a.length - b.length || a.localeCompare(b);

/** What happens to a kiosk from one start to the next: it is killed when it has given so many numbers, or has none left. */
interface Life {
  readonly startsOffline: boolean;
  /** The line is cut, or mended, after so many numbers. */
  readonly turnsAfter: number;
  readonly numbers: number;
}
const KIOSKS = 3;
const life: fc.Arbitrary<Life> = fc.record({
  startsOffline: fc.boolean(),
  turnsAfter: fc.integer({ min: 0, max: 130 }),
  numbers: fc.integer({ min: 1, max: 140 }),
});
/** KIOSK_QUEUE_RUNS=50 for a long run; the seed is printed when one fails. */
const RUNS = Number(process.env['KIOSK_QUEUE_RUNS'] ?? 1);

const program = join(import.meta.dirname, '../../src/platform/process.ts');
const child = join(import.meta.dirname, '../fixtures/taking-tickets-child.ts');
const ready = z.object({ type: z.literal('ready'), url: z.url() });
const answer = z.object({
  received: z.object({
    queueTickets: z.array(
      z.object({ id: z.string(), kioskId: z.string(), day: z.string(), number: z.int(), queue: z.string() }),
    ),
    queueLeases: z.array(z.object({ day: z.string(), first: z.int(), last: z.int() })),
  }),
});

describe.skipIf(noPostgres !== undefined)('kiosks that are cut off and killed, with two platform processes', () => {
  let postgres: TestPostgres;
  let dataDir: string;
  beforeAll(async () => {
    postgres = await startPostgres();
    dataDir = await mkdtemp(join(tmpdir(), 'platform-'));
  });
  afterAll(async () => {
    await postgres.close();
    await rm(dataDir, { recursive: true });
  });

  async function startPlatform(databaseUrl: string): Promise<{ process: ChildProcess; port: number }> {
    const started = fork(program, ['--plain-http', '--data', dataDir], {
      silent: true,
      env: { ...process.env, DATABASE_URL: databaseUrl },
    });
    const [message]: unknown[] = await once(started, 'message');
    return { process: started, port: Number(new URL(ready.parse(message).url).port) };
  }

  /** The numbers that a kiosk told of in one life. */
  async function live(folder: string, kioskId: string, line: CutLine, url: string, plan: Life): Promise<string[]> {
    line.cut = plan.startsOffline;
    const kiosk = spawn(process.execPath, [child, folder, kioskId, url], { stdio: ['ignore', 'pipe', 'inherit'] });
    const told: string[] = [];
    for await (const text of createInterface(kiosk.stdout)) {
      if (text === 'started') continue;
      if (text !== 'none') told.push(text);
      const turned = told.length >= plan.turnsAfter;
      if (turned) line.cut = !plan.startsOffline;
      // Without numbers and without the platform nothing more will come.
      const stuck = text === 'none' && (turned ? !plan.startsOffline : plan.startsOffline);
      if (told.length >= plan.numbers || stuck) break;
    }
    const gone = once(kiosk, 'exit');
    kiosk.kill('SIGKILL');
    await gone;
    return told;
  }

  /** Starts a kiosk for the last time, until the platform has all its tickets; then tells what is in its store. */
  async function settle(folder: string, kioskId: string, url: string): Promise<string[]> {
    const kiosk = await startCore({ clock: systemClock, folder, platformUrl: url, config: { kioskId, queues } });
    await expect.poll(async () => (await kiosk.core.system.status()).waiting).toBe(0);
    expect((await kiosk.core.system.status()).needsStaff).toBe(0);
    kiosk.stop();
    const store = new Sqlite(join(kiosk.dataDir, 'kiosk.db'), { readonly: true });
    const rows = store
      .prepare<[], { day: string; number: number }>('SELECT day, number FROM queue_ticket ORDER BY rowid')
      .all();
    store.close();
    return rows.map(({ day, number }) => `${day} A${String(number).padStart(3, '0')}`);
  }

  async function check(lives: readonly (readonly Life[])[]): Promise<void> {
    const url = await postgres.createDatabase();
    const platforms = await Promise.all([startPlatform(url), startPlatform(url)]);
    const folders: string[] = [];
    const lines: CutLine[] = [];
    try {
      const kiosks = await Promise.all(
        lives.map(async (plans, index) => {
          const [folder, line] = [makeFolder(), new CutLine(platforms.map(({ port }) => port))];
          folders.push(folder);
          lines.push(line);
          const address = await line.listen();
          const told: string[] = [];
          for (const plan of plans) told.push(...(await live(folder, `KSK${index}`, line, address, plan)));
          line.cut = false;
          return { told, kept: await settle(folder, `KSK${index}`, address) };
        }),
      );
      for (const { told, kept } of kiosks) {
        // In the order in which they were given; numbers of a kill between disk and page are only in the store.
        expect(told).toEqual(kept.filter((number) => told.includes(number)));
        expect(kept).toEqual(kept.toSorted(byNumber));
      }
      const everything = kiosks.flatMap(({ kept }) => kept);
      expect(new Set(everything).size).toBe(everything.length);
      platforms[0]?.process.send({ type: 'received' });
      const [message]: unknown[] = platforms[0] ? await once(platforms[0].process, 'message') : [];
      const { queueTickets } = answer.parse(message).received;
      const arrived = queueTickets.map(({ day, number }) => `${day} A${String(number).padStart(3, '0')}`);
      expect(arrived.toSorted()).toEqual(everything.toSorted());
    } finally {
      for (const line of lines) line.close();
      await Promise.all(
        platforms.map(async ({ process: one }) => {
          one.kill('SIGTERM');
          await once(one, 'exit');
        }),
      );
      for (const folder of folders) removeFolder(folder);
    }
  }

  it(
    `give each number once, in order, and the platform has every ticket once (${RUNS} schedules)`,
    { timeout: 60_000 + RUNS * 60_000 },
    async () => {
      const schedule = fc.array(fc.array(life, { minLength: 2, maxLength: 4 }), {
        minLength: KIOSKS,
        maxLength: KIOSKS,
      });
      await fc.assert(fc.asyncProperty(schedule, check), { numRuns: RUNS, endOnFailure: true });
    },
  );
});
