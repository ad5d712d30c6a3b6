import type { Clock } from '../contract/clock.ts';
import type { DeviceConfig } from '../contract/config.ts';
import type { Result } from '../domain/result.ts';
import { done } from '../domain/result.ts';
import type { ByteLink, DriverModule, OpenFailure } from './driver.ts';
import { SIMULATED_BAUD_RATE } from './limits.ts';
import type { LineTime } from './pacing.ts';
import { linkInProcess } from './transports/in-process.ts';
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
): Promise<Result<ByteLink, OpenFailure>> {
  if (link.kind === 'serial') return openSerial({ path: link.path, baudRate: link.baudRate });
  const { link: opened, simulator } = linkInProcess({
    simulate: (context) => driver.simulate(profile, context),
    baudRate: SIMULATED_BAUD_RATE,
    clock: deps.clock,
    time: deps.time,
    onEvent: (event) => deps.onSimulated(id, event),
  });
  for (const action of link.actions ?? []) simulator.act(action);
  return done(opened);
}
