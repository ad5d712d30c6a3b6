import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { SelfTestReport } from '../../src/contract/self-test.ts';
import { DeviceLink } from '../../src/core/device/device-link.ts';
import { PLATFORM_QUICK_LIMIT_MS, PLATFORM_REQUEST_LIMIT_MS } from '../../src/core/limits.ts';
import { QueueTickets } from '../../src/core/queue/queue-tickets.ts';
import { testPage } from '../../src/core/readiness/test-page.ts';
import { openSelfTestDesk, type SelfTestDesk, thisMachine } from '../../src/core/self-test/open.ts';
import { openStore } from '../../src/core/store/open-store.ts';
import { createTransact } from '../../src/core/store/transact.ts';
import { createHttpFetch } from '../../src/core/sync/http-fetch.ts';
import { createPlatformClient } from '../../src/core/sync/platform-client.ts';
import { Reachability } from '../../src/core/sync/reachability.ts';
import { openDeviceRecords } from '../../src/devices/device-records.ts';
import { BenchProblem, openBench, silentLog } from '../devices/bench.ts';
import { testLine } from '../devices/test-lines.ts';
import { faultyMachine, type PlantedFaults } from './faults.ts';
import type { Place } from './place.ts';
import { askHeard } from './sound.ts';

export interface RunOptions {
  readonly attended: boolean;
  readonly printPage: boolean;
  readonly faults: PlantedFaults;
}

/** What the kiosk itself would come to, kept and sent as by it. */
export async function runSelfTest(
  place: Place,
  options: RunOptions,
  say: (line: string) => void,
): Promise<SelfTestReport> {
  const { dataDir, config, clock } = place;
  const log = silentLog();
  const opened = openStore({ path: join(dataDir, 'kiosk.db'), now: () => clock.now() });
  if (!opened.ok) throw new BenchProblem(`The store in ${dataDir} cannot be opened: ${opened.detail ?? opened.reason}`);
  const { database } = opened.value;
  const bench = openBench(config.devices, undefined, openDeviceRecords(join(dataDir, 'devices.json'), log));
  try {
    const devices = new DeviceLink(log);
    devices.connect(bench.client);
    const limitsMs = { write: PLATFORM_REQUEST_LIMIT_MS, ask: PLATFORM_QUICK_LIMIT_MS };
    const platform = createPlatformClient({ url: config.platform.url, fetch: createHttpFetch(), clock, limitsMs });
    const machine = { ...thisMachine(database, dataDir, config), audioOutputs: place.audioOutputs };
    const random = { fraction: Math.random, bytes: randomBytes };
    const desk = openSelfTestDesk({
      clock,
      random,
      log,
      config,
      devices,
      database,
      tickets: new QueueTickets(database),
      transact: createTransact(database),
      machine: faultyMachine(machine, options.faults),
      platform,
      reachability: new Reachability({ clock, random, platform, log }),
      isBusy: () => false,
      onChange: () => undefined,
    });
    return await test(desk, options, say);
  } finally {
    await bench.close();
    database.close();
  }
}

async function test(
  { selfTests, sync, outbox }: SelfTestDesk,
  { attended, printPage }: RunOptions,
  say: (line: string) => void,
): Promise<SelfTestReport> {
  const wish = { cause: 'staff' as const, attended, ...(printPage && { testPage: testPage('zh-CN') }) };
  const stay = new AbortController().signal;
  for await (const event of selfTests.run(wish, stay)) {
    const line = testLine(event);
    if (line !== undefined) say(line);
    if (event.kind === 'part-step' && event.attended) void askHeard(say).then((heard) => selfTests.heard(heard));
    if (event.kind !== 'finished') continue;
    await sync.sendDue(stay);
    const { waiting, needsStaff } = outbox.counts();
    const left = waiting + needsStaff;
    say(
      `kiosk  ${event.report.verdict.toUpperCase()}, ${event.kept ? 'kept' : 'NOT KEPT'}, ${left === 0 ? 'sent' : `${left} not sent yet`}`,
    );
    return event.report;
  }
  throw new Error('a self-test ended without a report');
}
