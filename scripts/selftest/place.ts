import { lstatSync, mkdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, systemClock } from '../../src/contract/clock.ts';
import { type KioskConfig, parseKioskConfig } from '../../src/contract/config.ts';
import { audioOutputs } from '../../src/core/self-test/machine.ts';
import { BenchProblem } from '../devices/bench.ts';
import { allDevices, configured, simulated } from '../hall/hall-devices.ts';
import { HallPlatform } from '../hall/platform.ts';
import { withScript } from '../hall/script-file.ts';
import { HallSimulators } from '../hall/simulators.ts';
import { terminalsExist } from '../hall/terminals.ts';
import type { PlantedFaults } from './faults.ts';

/** What is tested. */
export interface Place {
  readonly config: KioskConfig;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly audioOutputs: () => Promise<number | undefined>;
  close(): Promise<void>;
}

/** A kiosk as it is configured, with what it keeps. */
export function configuredPlace(configPath: string, dataDir: string): Place {
  const parsed = parseKioskConfig(readFileSync(configPath, 'utf8'));
  if (!parsed.ok) throw new BenchProblem(`${configPath}: ${parsed.detail}`);
  checkData(dataDir);
  return { config: parsed.value, dataDir, clock: systemClock, audioOutputs, close: () => Promise.resolve() };
}

/** Files made here have to stay the kiosk's, and two programs cannot have one port. */
function checkData(dataDir: string): void {
  const { uid } = lstatSync(dataDir, { throwIfNoEntry: false }) ?? {};
  if (uid === undefined) throw new BenchProblem(`There is no folder ${dataDir}`);
  if (process.getuid && process.getuid() !== uid)
    throw new BenchProblem(`Run this as the user whose data ${dataDir} is`);
  const pid = runningKiosk(dataDir);
  if (pid !== undefined)
    throw new BenchProblem(`A kiosk runs on ${dataDir} (process ${pid}): test it from its staff page`);
}

/** Chromium's lock on Linux: a link to `HOST-PID`, left behind by one that was killed. */
function runningKiosk(dataDir: string): number | undefined {
  const lock = join(dataDir, 'SingletonLock');
  if (!lstatSync(lock, { throwIfNoEntry: false })?.isSymbolicLink()) return undefined;
  const pid = Number(readlinkSync(lock).replace(/^.*-/, ''));
  try {
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    const gone = error instanceof Error && 'code' in error && error.code === 'ESRCH';
    return gone ? undefined : pid;
  }
}

export interface SimulatedOptions {
  readonly dataDir: string;
  readonly faults: PlantedFaults;
  /** What goes wrong on the lines, as for `npm run sim`. */
  readonly script?: string;
  /** Another platform than one of its own. */
  readonly platformUrl?: string;
}

/** Nobody listens there (RFC 863). */
const NO_PLATFORM = 'http://127.0.0.1:9';
const CLOCK_OFF_MS = 10 * 60_000;

/** A kiosk with simulated devices of every class behind real terminals, and with a platform. */
export async function simulatedPlace(options: SimulatedOptions): Promise<Place> {
  const { dataDir, faults } = options;
  mkdirSync(dataDir, { recursive: true });
  if (!terminalsExist()) throw new BenchProblem('Simulated devices need pseudo terminals: install socat');
  const own = options.platformUrl === undefined ? new HallPlatform(join(dataDir, 'platform')) : undefined;
  const [simulators] = await Promise.all([openSimulators(options), own?.start()]);
  const url = options.platformUrl ?? own?.url ?? NO_PLATFORM;
  return {
    dataDir,
    config: {
      kioskId: 'SIM01',
      hall: { code: '990101', name: '安澜县政务服务中心', hours: '周一至周五 9:00–17:00', phone: '0100-5550101' },
      platform: { url: faults.parts.has('network') ? NO_PLATFORM : url },
      catalogue: '.',
      devices: allDevices.map((id) => configured(id, simulators.ports.get(id), undefined)),
    },
    clock: faults.parts.has('clock')
      ? { ...systemClock, now: () => new Date(systemClock.now().getTime() + CLOCK_OFF_MS) }
      : systemClock,
    audioOutputs: () => Promise.resolve(1),
    close: async () => void (await Promise.all([simulators.close(), own?.stop()])),
  };
}

async function openSimulators({ dataDir, faults, script }: SimulatedOptions): Promise<HallSimulators> {
  const known = allDevices.map((id) => simulated(id, undefined));
  const wanted = await withScript(known, script).catch((error: unknown) => {
    throw new BenchProblem(error instanceof Error ? error.message : String(error));
  });
  const simulators = await HallSimulators.open(join(dataDir, 'ports'), wanted, () => undefined);
  for (const [device, actions] of faults.actions) {
    for (const action of actions) {
      await simulators.act(device, action).catch(async () => {
        await simulators.close();
        const hint = `Devices: ${allDevices.join(', ')}. What they can do is in drivers/MODEL/README.md`;
        throw new BenchProblem(`${device} cannot do ${JSON.stringify(action)}. ${hint}`);
      });
    }
  }
  return simulators;
}
