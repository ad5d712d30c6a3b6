import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MachineTestResult, SelfTestReport } from '../../contract/self-test.ts';
import { refused } from '../../domain/result.ts';
import { makeFolder, ManualClock, RecordedLog, removeFolder } from '../../../test/fixtures/core-bench.ts';
import { KioskOutbox } from '../outbox/kiosk-outbox.ts';
import { openStore } from '../store/open-store.ts';
import { createTransact, type Transact } from '../store/transact.ts';
import { SelfTestRecords } from './records.ts';
import { SelfTests } from './self-tests.ts';

let folder: string;
let database: Database;
const clock = new ManualClock();
beforeEach(() => {
  folder = makeFolder();
  const opened = openStore({ path: join(folder, 'kiosk.db'), now: () => clock.now() });
  if (!opened.ok) throw new Error(opened.reason);
  database = opened.value.database;
});
afterEach(() => {
  database.close();
  removeFolder(folder);
});

interface Options {
  readonly outputs?: number;
  readonly transact?: Transact;
}

function kiosk({ outputs, transact = createTransact(database) }: Options) {
  const reports: SelfTestReport[] = [];
  const selfTests = new SelfTests({
    clock,
    random: { fraction: () => 0.5, bytes: randomBytes },
    log: new RecordedLog().log,
    kioskId: 'WL01',
    configured: [],
    devices: {
      devices: [],
      async *selfTest() {
        yield* [];
      },
    },
    machine: {
      freeBytes: async () => 10_000_000_000,
      isStoreSound: () => true,
      audioOutputs: async () => outputs,
      without: [],
    },
    platform: { health: async () => ({ kind: 'done', value: { time: clock.now().toISOString() } }) },
    transact,
    records: new SelfTestRecords(database),
    outbox: new KioskOutbox(database),
    onReport: (report) => reports.push(report),
  });
  /** `answer` is called when the sound is played. */
  const speaker = async (attended: boolean, answer: (tests: SelfTests) => void = () => undefined) => {
    let found: MachineTestResult | undefined;
    let kept: boolean | undefined;
    for await (const event of selfTests.run({ cause: 'staff', attended }, new AbortController().signal)) {
      // Answered once the run has gone on to listen.
      if (event.kind === 'part-step' && event.attended) setImmediate(() => answer(selfTests));
      if (event.kind === 'part-ended' && event.result.part === 'speaker') found = event.result;
      if (event.kind === 'finished') kept = event.kept;
    }
    return { ...found, kept };
  };
  return { selfTests, reports, speaker };
}

describe('the speaker', () => {
  it('is passed only when somebody heard it', async () => {
    const { speaker } = kiosk({ outputs: 1 });
    expect(await speaker(true, (tests) => tests.heard(true))).toMatchObject({ verdict: 'passed' });
    expect(await speaker(true, (tests) => tests.heard(false))).toMatchObject({
      verdict: 'failed',
      reason: 'not-heard',
    });
    expect(await speaker(true, () => clock.advance(30_000))).toMatchObject({
      verdict: 'incomplete',
      reason: 'timed-out',
    });
    expect(await speaker(false)).toMatchObject({ verdict: 'incomplete', reason: 'needs-an-ear' });
  });

  it('is not played where there is no place for sound, and played where the system does not tell', async () => {
    const never = () => {
      throw new Error('nothing was to be heard');
    };
    expect(await kiosk({ outputs: 0 }).speaker(true, never)).toMatchObject({ verdict: 'failed', reason: 'no-output' });
    expect(await kiosk({}).speaker(true, (tests) => tests.heard(true))).toMatchObject({
      verdict: 'passed',
      steps: [{ step: 'sound' }],
    });
  });
});

it('a report that the disk refuses is told as not kept, and stands as the latest all the same', async () => {
  const { speaker, selfTests, reports } = kiosk({ transact: () => refused('disk-full') });
  expect(await speaker(false)).toMatchObject({ kept: false });
  expect(selfTests.latest).toEqual(reports[0]);
  expect(new SelfTestRecords(database).latest()).toBeUndefined();
});

it('only one at a time', async () => {
  const { selfTests } = kiosk({ outputs: 1 });
  const stay = new AbortController().signal;
  const first = selfTests.run({ cause: 'staff', attended: false }, stay);
  await first.next();
  expect(selfTests.isRunning).toBe(true);
  expect(await selfTests.run({ cause: 'opening', attended: false }, stay).next()).toMatchObject({ done: true });
  await first.return();
  expect(selfTests.isRunning).toBe(false);
});
