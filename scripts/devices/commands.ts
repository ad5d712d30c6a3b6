import { readFileSync, writeFileSync } from 'node:fs';
import { systemClock } from '../../src/contract/clock.ts';
import type { DeviceConfig } from '../../src/contract/config.ts';
import type { DeviceView } from '../../src/contract/device-classes.ts';
import type { SelfTestEvent, SelfTestResult } from '../../src/contract/self-test.ts';
import { readinessHtml, readinessText } from '../../src/core/readiness/report.ts';
import { testPage } from '../../src/core/readiness/test-page.ts';
import { Recorder, redactionOf } from '../../src/devices/diagnosis/recorder.ts';
import { isByteDriver } from '../../src/devices/driver.ts';
import { drivers } from '../../src/devices/registry.ts';
import type { PrintDocument } from '../../src/domain/print-document.ts';
import { printDocument } from '../../src/domain/print-document.ts';
import { done } from '../../src/domain/result.ts';
import type { Bench } from './bench.ts';
import { BenchProblem, openBench, openDirectly } from './bench.ts';
import { testLine } from './test-lines.ts';
import { readTrace, ReplayLink, writeTrace } from './trace.ts';
import { printNow, useOnce } from './uses.ts';

export type Say = (line: string) => void;

/** How the devices are, once each was looked at; false when one of them cannot be used. */
export async function list(devices: readonly DeviceConfig[], say: Say): Promise<boolean> {
  const bench = openBench(devices);
  try {
    const views = await settled(bench);
    for (const { id, link } of devices) {
      const view = views.find((one) => one.id === id);
      if (view) say(`${lineOf(view)}  ${link.kind === 'simulated' ? 'simulated' : JSON.stringify(link)}`);
    }
    return views.every(({ state }) => state === 'ready');
  } finally {
    await bench.close();
  }
}

/** Tells of every change until the signal is aborted. */
export async function watch(devices: readonly DeviceConfig[], say: Say, signal: AbortSignal): Promise<void> {
  const bench = openBench(devices);
  const known = new Map<string, string>();
  for await (const views of await bench.client.devices.watch(undefined, { signal })) {
    for (const view of views) {
      const line = lineOf(view);
      if (known.get(view.id) !== line) say(`${systemClock.now().toISOString()}  ${line}`);
      known.set(view.id, line);
    }
  }
  await bench.close();
}

export interface TestOptions {
  readonly attended: boolean;
  /** Where the readiness report goes: `.html` for a page, else plain text. */
  readonly report?: string;
  /** Whose report it is. */
  readonly kiosk: string;
}

/** The self-test of each device; true when all passed. */
export async function test(devices: readonly DeviceConfig[], options: TestOptions, say: Say): Promise<boolean> {
  const bench = openBench(devices);
  const { attended, report, kiosk } = options;
  const results: SelfTestResult[] = [];
  const tell = (event: SelfTestEvent): void => {
    if (event.kind === 'ended') results.push(event.result);
    const line = testLine(event);
    if (line !== undefined) say(line);
  };
  try {
    // One after the other, so that the lines of one device stand together.
    for (const { id } of devices) {
      for await (const event of await bench.client.devices.selfTest({ id, attended, testPage: testPage('zh-CN') }))
        tell(event);
    }
  } finally {
    await bench.close();
  }
  if (report !== undefined) {
    const write = report.endsWith('.html') ? readinessHtml : readinessText;
    writeFileSync(report, write({ kiosk, at: systemClock.now(), machine: [], results }, 'zh-CN'));
  }
  return results.every(({ verdict }) => verdict === 'passed');
}

/** Prints a text, or a document in JSON; true when the printer took it. */
export async function print(devices: readonly DeviceConfig[], path: string, say: Say): Promise<boolean> {
  const document = readDocument(path);
  const bench = openBench(devices.filter(({ class: kind }) => kind === 'ticket-printer'));
  try {
    await settled(bench);
    const outcome = await printNow(bench, document);
    say(outcome.ok ? outcome.value : `not printed: ${outcome.reason}`);
    return outcome.ok;
  } finally {
    await bench.close();
  }
}

function readDocument(path: string): PrintDocument {
  const content = readFileSync(path, 'utf8');
  if (!path.endsWith('.json')) return [{ kind: 'text', text: content }, { kind: 'feed', lines: 2 }, { kind: 'cut' }];
  const parsed = printDocument.safeParse(JSON.parse(content));
  if (!parsed.success) throw new BenchProblem(`${path} is no document: ${parsed.error.message}`);
  return parsed.data;
}

/** Uses one device once and keeps its traffic, with personal data replaced before anything is written. */
export async function record(config: DeviceConfig, path: string, say: Say): Promise<void> {
  const driver = drivers.find(({ name }) => name === config.driver);
  const redaction = driver && redactionOf(driver);
  if (!driver || !redaction || !isByteDriver(driver)) {
    throw new BenchProblem(`${config.driver} has no rule that takes personal data out of its traffic`);
  }
  const recorder = new Recorder(redaction, () => performance.now());
  const open = openDirectly([config]);
  const bench = openBench([config], async (device, its) => {
    const opened = await open(device, its);
    return opened.ok && !('request' in opened.value) ? done(recorder.listen(opened.value)) : opened;
  });
  try {
    await settled(bench);
    const events = await useOnce(bench, config.class);
    for (const event of events) say(event);
    const about = {
      trace: 1,
      driver: driver.name,
      profile: config.profile,
      at: systemClock.now().toISOString(),
    } as const;
    writeFileSync(path, writeTrace({ ...about, traffic: recorder.traffic(), events }), { mode: 0o600 });
  } finally {
    await bench.close();
  }
}

/** Lets the driver meet a recorded device again; true when core would be told the same. */
export async function replay(path: string, say: Say): Promise<boolean> {
  const trace = readTrace(readFileSync(path, 'utf8'));
  const driver = drivers.find(({ name }) => name === trace.driver);
  if (!driver?.profiles.includes(trace.profile)) {
    throw new BenchProblem(`There is no driver ${trace.driver} with a profile ${trace.profile}`);
  }
  const link = new ReplayLink(trace.traffic);
  const { name, class: kind } = driver;
  const config: DeviceConfig = {
    id: name,
    class: kind,
    driver: name,
    profile: trace.profile,
    link: { kind: 'simulated' },
  };
  const bench = openBench([config], async () => done(link));
  try {
    await settled(bench);
    const events = await useOnce(bench, kind);
    for (const event of events) say(event);
    const same = JSON.stringify(events) === JSON.stringify(trace.events);
    if (!same) say(`The recording says: ${trace.events.join(', ')}`);
    if (link.divergedAt !== undefined) say(`The driver asked something else than at line ${link.divergedAt}.`);
    return same;
  } finally {
    await bench.close();
  }
}

/** Each device was looked at at least once. */
async function settled({ client }: Bench): Promise<readonly DeviceView[]> {
  for await (const views of await client.devices.watch()) {
    if (views.every(({ state }) => state !== 'opening' && state !== 'probing')) return views;
  }
  throw new Error('the stream of devices ended');
}

function lineOf({ id, driver, state, reason, supplies }: DeviceView): string {
  const paper = supplies?.paper === undefined ? '' : `, paper ${supplies.paper}`;
  return `${id}  ${driver}  ${state}${reason === undefined ? '' : ` (${reason})`}${paper}`;
}
