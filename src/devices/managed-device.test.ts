import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { memoryRecords } from '../../test/fixtures/memory-records.ts';
import type { Manner } from '../../test/fixtures/troubled-device.ts';
import { TroubledDevice } from '../../test/fixtures/troubled-device.ts';
import { systemClock } from '../contract/clock.ts';
import { createEventLog } from '../contract/log.ts';
import type { Lease } from './lease.ts';
import { ManagedDevice } from './managed-device.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** The longest that a person has to wait for a device that was plugged in again. */
const REPLUGGED_MS = 5_000;

class World {
  readonly trouble = new TroubledDevice();
  readonly device: ManagedDevice;
  readonly running: Promise<void>;
  closed = false;
  readonly #leaving = new Set<AbortController>();
  readonly #using = new Set<Promise<void>>();

  constructor() {
    const ignore = (): void => undefined;
    this.device = new ManagedDevice({
      config: { id: 'reader', class: 'id-reader', driver: 'troubled', profile: 'only', link: { kind: 'simulated' } },
      driver: this.trouble.driver,
      open: this.trouble.open,
      records: memoryRecords(),
      clock: systemClock,
      log: createEventLog(
        { debug: ignore, info: ignore, warn: ignore, error: ignore, fatal: ignore },
        { strict: true },
      ),
      onChange: ignore,
    });
    this.running = this.device.run();
  }

  /** Somebody wants the device, and reads with it until they leave or lose it. */
  use(how: 'take-over' | 'refuse' | 'test'): void {
    const leaving = new AbortController();
    this.#leaving.add(leaving);
    const using = this.#use(how, leaving.signal).finally(() => {
      this.#leaving.delete(leaving);
      this.#using.delete(using);
    });
    this.#using.add(using);
  }

  leave(): void {
    const [first] = this.#leaving;
    first?.abort();
  }

  /** Everybody leaves; resolves when nobody has, or waits for, the device. */
  async allLeave(): Promise<void> {
    for (const leaving of this.#leaving) leaving.abort();
    await Promise.all(this.#using);
  }

  async #use(how: 'take-over' | 'refuse' | 'test', signal: AbortSignal): Promise<void> {
    const borrowed =
      how === 'test'
        ? await this.device.borrowForTest('id-reader', signal)
        : await this.device.borrow('id-reader', signal, how);
    if (borrowed.ok) await readWith(borrowed.value);
  }
}

async function readWith(lease: Lease<'id-reader'>): Promise<void> {
  const read = await lease.follow(
    (device, leave) => device.read(leave),
    () => undefined,
  );
  await lease.release({ use: read.ok ? 'ok' : 'failed', suspect: !read.ok });
}

type Command = fc.AsyncCommand<object, World>;

const command = (name: string, act: (world: World) => void | Promise<void>): Command => ({
  check: () => true,
  toString: () => name,
  async run(_, world) {
    await act(world);
    await vi.advanceTimersByTimeAsync(0);
    expect(world.device.view.state === 'disabled').toBe(world.closed);
    expect(world.trouble.openLinks).toBeLessThanOrEqual(1);
    expect(world.trouble.mostUnderway).toBeLessThanOrEqual(1);
  },
});

const manner = fc.constantFrom<Manner>('well', 'refusing', 'silent', 'broken', 'cut-off');
const commands = [
  fc.constantFrom(
    command('unplug', ({ trouble }) => trouble.unplug()),
    command('replug', ({ trouble }) => trouble.replug()),
    command('hung opens come to an end', ({ trouble }) => trouble.openLate()),
    command('bytes that the driver trips over', ({ trouble }) => trouble.poison()),
    command('the device reports a trouble', ({ trouble }) => trouble.report('paper-out')),
    command('the device reports that it is well', ({ trouble }) => trouble.report(undefined)),
    command('borrow', (world) => world.use('refuse')),
    command('take over', (world) => world.use('take-over')),
    command('test', (world) => world.use('test')),
    command('leave', (world) => world.leave()),
    command('nudge', ({ device }) => device.nudge()),
    command('disable', async (world) => {
      world.closed = true;
      await world.device.disable('by-staff', 'staff');
    }),
    command('enable', async (world) => {
      world.closed = false;
      await world.device.enable();
    }),
  ),
  manner.map((probes) => command(`probes: ${probes}`, ({ trouble }) => void (trouble.probes = probes))),
  manner.map((reads) => command(`reads: ${reads}`, ({ trouble }) => void (trouble.reads = reads))),
  fc
    .constantFrom('well' as const, 'silent' as const, 'broken' as const)
    .map((opens) => command(`opens: ${opens}`, ({ trouble }) => void (trouble.opens = opens))),
  fc
    .constantFrom('well' as const, 'broken' as const)
    .map((creates) => command(`creates: ${creates}`, ({ trouble }) => void (trouble.creates = creates))),
  fc
    .integer({ min: 1, max: 20_000 })
    .map((milliseconds) =>
      command(`wait ${milliseconds}`, async () => void (await vi.advanceTimersByTimeAsync(milliseconds))),
    ),
];

test('whatever happened to it, a device that is plugged in again is ready within 5 s, and nothing is left behind', async () => {
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { maxCommands: 25 }), async (history) => {
      const world = new World();
      await fc.asyncModelRun(() => ({ model: {}, real: world }), history);

      world.trouble.unplug();
      world.trouble.repair();
      let left = false;
      void world.allLeave().then(() => (left = true));
      await world.device.enable();
      world.trouble.replug();
      await vi.advanceTimersByTimeAsync(REPLUGGED_MS);
      expect(left).toBe(true);
      expect(world.device.view.state).toBe('ready');
      world.use('refuse');
      await vi.advanceTimersByTimeAsync(0);
      expect(world.device.view.state).toBe('busy');

      const gone = world.allLeave();
      world.device.stop();
      await vi.advanceTimersByTimeAsync(REPLUGGED_MS);
      await Promise.all([gone, world.running]);
      world.trouble.openLate();
      await vi.advanceTimersByTimeAsync(0);
      expect(world.trouble.openLinks).toBe(0);
      expect(world.trouble.underway).toBe(0);
      expect(vi.getTimerCount()).toBe(0);
    }),
    { numRuns: 300 },
  );
});
