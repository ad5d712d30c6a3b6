import { setTimeout as pause } from 'node:timers/promises';
import type { SeededRandom } from '../../../src/devices/faults/random.ts';
import type { FaultyProxy } from '../faulty-proxy.ts';
import { compare, compareNumbers, examineStore, noDoubt } from '../hall/ledger.ts';
import { Kiosk, KioskGone } from '../hall/kiosk.ts';
import { RESTART_EXIT_CODE } from '../hall/kiosk-settings.ts';
import { someFault } from '../hall/network-faults.ts';
import type { PlatformProcess } from '../hall/platform.ts';
import { handIn, leave, rate, someLevel, somePapers, type Told } from '../hall/visit.ts';

/** Time of the kiosk goes so much faster, so that its limits of a minute are reached. */
const SPEED = 20;
/** Longer than any wait of core between two tries. */
const STEP_MS = 16 * 60_000;
const SETTLE_STEPS = 100;
const LOOK_EVERY_MS = 100;

/** What the hall should have at the end. The one thing that a schedule may forget is what is not in here. */
export interface HallModel {
  readonly told: Told[];
  online: boolean;
}

/** A kiosk and a platform as processes, and a line between them that cannot be trusted. */
export class FaultyHall {
  readonly model: HallModel = { told: [], online: true };
  readonly counts: Record<string, number> = { cases: 0, faults: 0, kills: 0, replays: 0 };
  readonly #folder: string;
  readonly #platform: PlatformProcess;
  readonly #proxy: FaultyProxy;
  readonly #random: SeededRandom;
  #kiosk: Kiosk | undefined;
  #now = Date.parse('2026-11-22T01:30:00Z');
  #startedAt = 0;

  constructor(folder: string, platform: PlatformProcess, proxy: FaultyProxy, random: SeededRandom) {
    this.#folder = folder;
    this.#platform = platform;
    this.#proxy = proxy;
    this.#random = random;
  }

  async startKiosk(): Promise<void> {
    const options = { folder: this.#folder, platformUrl: this.#proxy.url, speed: SPEED, startAt: this.#now };
    this.#startedAt = performance.now();
    this.#kiosk = await Kiosk.start(options);
    const { outOfService } = await this.#kiosk.settled();
    if (outOfService) throw new Error(`out of service: ${outOfService.reason}`);
  }

  async handIn(): Promise<Told> {
    const papers = somePapers(this.#random);
    return this.#overNights(() => handIn(this.#open, papers));
  }

  async rate(told: Told): Promise<void> {
    await rate(this.#open, told, someLevel(this.#random));
  }

  leave(): Promise<void> {
    return leave(this.#open);
  }

  trouble(faults: number): void {
    this.#proxy.expect(...Array.from({ length: faults }, () => someFault(this.#random)));
  }

  online(online: boolean): void {
    this.#proxy.online = online;
  }

  async pass(milliseconds: number): Promise<void> {
    this.#now += milliseconds;
    this.#open.advance(milliseconds);
    await this.#overNights(() => this.#open.alive(this.#open.core.system.status()));
  }

  async crashCore(): Promise<void> {
    this.counts['kills'] = (this.counts['kills'] ?? 0) + 1;
    await this.#open.kill();
    await this.#startAgain();
  }

  async crashPlatform(): Promise<void> {
    this.counts['kills'] = (this.counts['kills'] ?? 0) + 1;
    await this.#platform.kill();
    await this.#platform.start();
  }

  /** The line is mended, and time passes until nothing waits any more. What is wrong then? */
  async settle(): Promise<string[]> {
    this.#proxy.heal();
    const complaints: string[] = [];
    for (let step = 0; ; step += 1) {
      const look = () => this.#open.alive(this.#open.core.system.status());
      const { waiting, needsStaff, notices } = await this.#overNights(look);
      if (needsStaff > 0) complaints.push(`${needsStaff} records need staff`);
      if (notices.some(({ kind }) => kind === 'store-set-aside')) complaints.push('the store was set aside');
      if (waiting === 0 || needsStaff > 0) break;
      if (step === SETTLE_STEPS) complaints.push(`${waiting} records never went`);
      if (step === SETTLE_STEPS) break;
      // Now and then, since a request that is on its way would end at its limit.
      if (step % 10 === 9) await this.pass(STEP_MS);
      await pause(LOOK_EVERY_MS);
    }
    const arrived = await this.#platform.received();
    const kiosk = this.#open;
    complaints.push(...compare(this.model.told, arrived, noDoubt), ...(await compareNumbers(kiosk, arrived)));
    this.counts['cases'] = arrived.cases.length;
    this.counts['replays'] = arrived.replays;
    this.counts['faults'] = this.#proxy.faults;
    await kiosk.stop();
    return [...complaints, ...examineStore(this.#folder)];
  }

  async close(): Promise<void> {
    await this.#kiosk?.kill();
  }

  /** Core ends itself in the night while nobody is there; the shell starts it anew. */
  async #overNights<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof KioskGone) || error.end.code !== RESTART_EXIT_CODE) throw error;
      await this.#startAgain();
      return work();
    }
  }

  async #startAgain(): Promise<void> {
    this.#now += (performance.now() - this.#startedAt) * SPEED;
    await this.startKiosk();
  }

  get #open(): Kiosk {
    if (!this.#kiosk) throw new Error('the kiosk is not running');
    return this.#kiosk;
  }
}
