import type { Clock } from '../contract/clock.ts';
import type { DeviceConfig } from '../contract/config.ts';
import type { Result } from '../domain/result.ts';
import { done } from '../domain/result.ts';
import type { DeviceLink, DriverModule, OpenFailure, SimulatorContext } from './driver.ts';
import { isByteDriver } from './driver.ts';
import { SIMULATED_BAUD_RATE } from './limits.ts';
import type { LineTime } from './pacing.ts';
import { linkInProcess } from './transports/in-process.ts';
import { serviceInProcess } from './transports/in-process-http.ts';
import { openSerial } from './transports/serial.ts';

export interface OpenLinkDeps {
  readonly clock: Clock;
  readonly time: LineTime;
  /** Something happened at a simulator inside this process. */
  readonly onSimulated: (device: string, event: Readonly<Record<string, unknown>>) => void;
}

/** Opens the line a device's configuration names. */
export async function openLink(
  { id, link, profile }: DeviceConfig,
  driver: DriverModule,
  deps: OpenLinkDeps,
): Promise<Result<DeviceLink, OpenFailure>> {
  if (link.kind === 'serial') return openSerial({ path: link.path, baudRate: link.baudRate });
  const onEvent: SimulatorContext['onEvent'] = (event) => deps.onSimulated(id, event);
  const { clock, time } = deps;
  if (isByteDriver(driver)) {
    const simulate = (context: SimulatorContext) => driver.simulate(profile, context);
    const simulated = linkInProcess({ simulate, baudRate: SIMULATED_BAUD_RATE, clock, time, onEvent });
    for (const action of link.actions ?? []) simulated.simulator.act(action);
    return done(simulated.link);
  }
  const service = driver.simulate(profile, { clock, onEvent });
  for (const action of link.actions ?? []) service.act(action);
  return done(serviceInProcess(service));
}
