import type { Clock } from '../../contract/clock.ts';
import type { DeviceConfig } from '../../contract/config.ts';
import type { EventLog } from '../../contract/log.ts';
import type {
  KioskTestEvent,
  MachinePart,
  MachineTestResult,
  SelfTestReport,
  SelfTestResult,
  SelfTestStep,
  SelfTestStepResult,
} from '../../contract/self-test.ts';
import type { PrintDocument } from '../../domain/print-document.ts';
import type { DeviceLink } from '../device/device-link.ts';
import { makeUuidV7, type Random } from '../identifiers.ts';
import { HEARD_LIMIT_MS, SELF_TEST_KEPT_MS } from '../limits.ts';
import type { KioskOutbox } from '../outbox/kiosk-outbox.ts';
import type { Transact } from '../store/transact.ts';
import type { PlatformClient } from '../sync/platform-client.ts';
import { Wake, waitOrWake } from '../sync/wake.ts';
import type { Machine } from './machine.ts';
import type { SelfTestRecords } from './records.ts';
import { failed, judge, judgeClock, judgeDisk, judgeNetwork, judgeOutputs, passed, skipped } from './steps.ts';

export interface SelfTestsDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: EventLog;
  readonly kioskId: string;
  /** Every device that the configuration names. */
  readonly configured: readonly DeviceConfig[];
  readonly devices: Pick<DeviceLink, 'selfTest' | 'devices'>;
  readonly machine: Machine;
  readonly platform: Pick<PlatformClient, 'health'>;
  readonly transact: Transact;
  readonly records: SelfTestRecords;
  readonly outbox: KioskOutbox;
  /** A report was committed and waits to be sent. */
  readonly onReport: (report: SelfTestReport) => void;
}

export interface SelfTestWish {
  readonly cause: SelfTestReport['cause'];
  /** Somebody is there and does what the steps ask for. */
  readonly attended: boolean;
  /** Without it nothing is printed. */
  readonly testPage?: PrintDocument;
}

interface MachineStep {
  readonly step: SelfTestStep;
  readonly attended: boolean;
  readonly try: () => Promise<Pick<SelfTestStepResult, 'outcome' | 'reason' | 'subject'>>;
}

/** Tries the whole kiosk: its devices, which close and open themselves by the outcome, and the computer around them. */
export class SelfTests {
  readonly #deps: SelfTestsDeps;
  #isRunning = false;
  /** Null before anybody asked the store. */
  #latest: SelfTestReport | undefined | null = null;
  #hear: ((heard: boolean) => void) | undefined;

  constructor(deps: SelfTestsDeps) {
    this.#deps = deps;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** The last one that came to its end. */
  get latest(): SelfTestReport | undefined {
    if (this.#latest === null) this.#latest = this.#deps.records.latest();
    return this.#latest;
  }

  /** Somebody heard the sound of an attended test, or did not. */
  heard(heard: boolean): void {
    this.#hear?.(heard);
  }

  /** Does nothing while another one runs. Without a report when the signal is aborted. */
  async *run(wish: SelfTestWish, signal: AbortSignal): AsyncGenerator<KioskTestEvent, void, undefined> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      const startedAt = this.#deps.clock.now();
      const machine: MachineTestResult[] = [];
      const devices: SelfTestResult[] = [];
      yield* this.#tryMachine(machine, signal);
      yield* this.#tryDevices(wish, devices, signal);
      yield* this.#trySpeaker(wish, machine, signal);
      if (signal.aborted) return;
      const report = this.#compose(wish, startedAt, machine, devices);
      yield { kind: 'finished', report, kept: this.#keep(report) };
    } finally {
      this.#isRunning = false;
    }
  }

  async *#tryMachine(results: MachineTestResult[], signal: AbortSignal) {
    const { clock, platform, machine } = this.#deps;
    const asking = async () => {
      const askedAt = clock.now().getTime();
      const answer = await platform.health(signal);
      return { answer, askedAt, answeredAt: clock.now().getTime() };
    };
    const asked = asking();
    const unattended = (step: SelfTestStep, attempt: MachineStep['try']): MachineStep[] => [
      { step, attended: false, try: attempt },
    ];
    yield* this.#tryPart(
      'network',
      unattended('platform', async () => judgeNetwork(await asked)),
      results,
    );
    yield* this.#tryPart(
      'clock',
      unattended('drift', async () => judgeClock(await asked)),
      results,
    );
    yield* this.#tryPart(
      'disk',
      unattended('free-space', async () => judgeDisk(await machine.freeBytes())),
      results,
    );
    const integrity = async () => (machine.isStoreSound() ? passed() : failed('store-damaged'));
    yield* this.#tryPart('store', unattended('integrity', integrity), results);
  }

  /** Last, since somebody has to come back to the screen for it. */
  async *#trySpeaker({ attended }: SelfTestWish, results: MachineTestResult[], signal: AbortSignal) {
    const outputs = await this.#deps.machine.audioOutputs();
    const steps: MachineStep[] = [
      { step: 'output', attended: false, try: async () => judgeOutputs(outputs ?? 0) },
      { step: 'sound', attended, try: async () => (attended ? this.#listen(signal) : skipped('needs-an-ear')) },
    ];
    yield* this.#tryPart('speaker', outputs === undefined ? steps.slice(1) : steps, results);
  }

  async *#tryPart(
    part: MachinePart,
    steps: readonly MachineStep[],
    results: MachineTestResult[],
  ): AsyncGenerator<KioskTestEvent, void, undefined> {
    if (this.#deps.machine.without.includes(part)) return;
    const tried: SelfTestStepResult[] = [];
    for (const { step, attended, try: attempt } of steps) {
      yield { kind: 'part-step', part, step, attended };
      const result = { step, ...(await attempt()) };
      tried.push(result);
      yield { kind: 'part-step-ended', part, ...result };
      if (result.outcome === 'failed') break;
    }
    const result = { part, ...judge(tried), steps: tried };
    results.push(result);
    yield { kind: 'part-ended', result };
  }

  async *#tryDevices(
    { attended, testPage }: SelfTestWish,
    results: SelfTestResult[],
    signal: AbortSignal,
  ): AsyncGenerator<KioskTestEvent, void, undefined> {
    const { devices, configured } = this.#deps;
    for await (const event of devices.selfTest({ attended, ...(testPage && { testPage }) }, signal)) {
      if (event.kind === 'ended') results.push(event.result);
      yield event;
    }
    if (signal.aborted) return;
    for (const config of configured) {
      if (results.some(({ device }) => device === config.id)) continue;
      const result = this.#untried(config, attended);
      results.push(result);
      for (const step of result.steps) yield { kind: 'step-ended', device: config.id, ...step };
      yield { kind: 'ended', device: config.id, result };
    }
    const order = new Map(configured.map(({ id }, index) => [id, index]));
    results.sort((a, b) => (order.get(a.device) ?? 0) - (order.get(b.device) ?? 0));
  }

  /** A configured device that nobody could try: its driver is unknown, or the device process was not there or went away. */
  #untried({ id, class: kind, driver }: DeviceConfig, attended: boolean): SelfTestResult {
    const { clock, devices } = this.#deps;
    const reason = devices.devices.find((view) => view.id === id)?.reason ?? 'process-gone';
    const at = clock.now().toISOString();
    const steps = [{ step: 'line' as const, ...failed(reason) }];
    return { device: id, class: kind, driver, startedAt: at, endedAt: at, attended, verdict: 'failed', reason, steps };
  }

  async #listen(signal: AbortSignal) {
    const wake = new Wake();
    let said: boolean | undefined;
    this.#hear = (heard) => {
      said = heard;
      wake.call();
    };
    await waitOrWake(this.#deps.clock, HEARD_LIMIT_MS, wake, signal);
    this.#hear = undefined;
    if (said === undefined) return skipped('timed-out');
    return said ? passed() : failed('not-heard');
  }

  #compose(
    { cause, attended }: SelfTestWish,
    startedAt: Date,
    machine: readonly MachineTestResult[],
    devices: readonly SelfTestResult[],
  ): SelfTestReport {
    const { clock, random, kioskId } = this.#deps;
    const now = clock.now();
    const verdicts = new Set([...machine, ...devices].map(({ verdict }) => verdict));
    return {
      id: makeUuidV7(now, random),
      kioskId,
      cause,
      attended,
      startedAt: startedAt.toISOString(),
      endedAt: now.toISOString(),
      verdict: verdicts.has('failed') ? 'failed' : verdicts.has('incomplete') ? 'incomplete' : 'passed',
      machine: [...machine],
      devices: [...devices],
    };
  }

  /** Commits the report and its delivery, and lets go of old ones. */
  #keep(report: SelfTestReport): boolean {
    const { log, clock, transact, records, outbox, onReport } = this.#deps;
    const { id, endedAt, cause, verdict, machine, devices } = report;
    const failures = [
      ...machine.filter((one) => one.verdict === 'failed').map(({ part }) => part),
      ...devices.filter((one) => one.verdict === 'failed').map(({ device }) => device),
    ];
    log('core.self-tested', { cause, verdict, failed: failures });
    const before = new Date(clock.now().getTime() - SELF_TEST_KEPT_MS).toISOString();
    const payload = JSON.stringify(report);
    const written = transact(() => {
      records.add(report);
      outbox.add({ id, step: 'self-test', createdAt: endedAt, firstAttemptAt: Date.parse(endedAt), payload });
      records.forget(before);
      outbox.forgetDone(before);
    });
    if (!written.ok) log('core.write-failed', { what: 'self-test', cause: written.reason });
    this.#latest = report;
    onReport(report);
    return written.ok;
  }
}
