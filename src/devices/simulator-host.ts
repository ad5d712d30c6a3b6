import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Result } from '../domain/result.ts';
import { done, refused } from '../domain/result.ts';
import type { ByteDriverModule, DriverModule, DriverOf } from './driver.ts';
import { isByteDriver } from './driver.ts';
import { faultScript } from './faults/script.ts';
import { tcpCarrier, terminalCarrier } from './hosted-carriers.ts';
import type { HostedDevice, HostedEvent, HostedSimulators, LineCount, StartFailure } from './hosted-device.ts';
import { HostedLine } from './hosted-device.ts';
import type { HostedServices } from './hosted-service.ts';
import { HostedService } from './hosted-service.ts';
import { SIMULATED_BAUD_RATE } from './limits.ts';

const action = z.record(z.string(), z.unknown());

export const simulatedDevice = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  driver: z.string(),
  profile: z.string(),
  /** Which of several on one line it is; as its profile has it unless said. */
  address: z.int().min(0).max(255).optional(),
  /** Of a line; a service has none. */
  baudRate: z.int().positive().optional(),
  /** A terminal unless said. A service answers over HTTP in any case. */
  carrier: z.enum(['terminal', 'tcp']).optional(),
  /** Done once at the start. */
  actions: z.array(action).optional(),
  /** What goes wrong on the line from the start on. */
  script: faultScript.optional(),
});
export type SimulatedDevice = z.infer<typeof simulatedDevice>;

export interface SimulatorHostDeps {
  readonly drivers: readonly DriverModule[];
  /** Where the terminals are linked: `<directory>/<device>` is the port that the kiosk opens. */
  readonly directory: string;
  /** With {@link LineCount}, so that a bench can compare what happened with what the line allows. */
  readonly onEvent: (device: string, event: HostedEvent) => void;
}

/** Simulated devices behind real terminals and real ports on loopback, each line as slow as a real one. */
export class SimulatorHost {
  readonly #deps: SimulatorHostDeps;
  readonly #devices = new Map<string, HostedDevice>();

  constructor(deps: SimulatorHostDeps) {
    this.#deps = deps;
  }

  /** Answers with where it is: the path of the port to open, `host:port`, or the address of the service. */
  async add(device: SimulatedDevice): Promise<Result<string, StartFailure>> {
    const driver = this.#deps.drivers.find(({ name }) => name === device.driver);
    if (!driver?.profiles.includes(device.profile)) return refused('driver-unknown', device.driver);
    const hosted = await this.#host(device, driver);
    const plugged = await hosted.plug();
    if (!plugged.ok) return plugged;
    this.#devices.set(device.id, hosted);
    for (const first of device.actions ?? []) hosted.act(first);
    if (device.script) hosted.act({ script: device.script });
    return done(hosted.where);
  }

  /** What such a device can be told beside the host's own actions, as JSON Schema; nothing where its driver does not say. */
  actionsOf({ driver: name, profile }: SimulatedDevice): object | undefined {
    const schema = this.#driver(name, profile).actions?.(profile);
    return schema && z.toJSONSchema(schema);
  }

  /**
   * An action of the device's simulator, or one of the host's own: `{ "unplug": true }` takes the port away,
   * `{ "plug": true }` brings it back with the device as it was, `{ "script": … }` lets things go wrong on the line (see
   * {@link faultScript}). Throws for an unknown device or action. Answers with what the line has carried by then.
   */
  async act(id: string, wanted: Readonly<Record<string, unknown>>): Promise<LineCount> {
    const hosted = this.#devices.get(id);
    if (!hosted) throw new Error(`no simulated device ${id}`);
    if ('unplug' in wanted) await hosted.unplug();
    else if ('plug' in wanted) await hosted.plug();
    else hosted.act(wanted);
    return hosted.count();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#devices.values()].map((hosted) => hosted.stop()));
    this.#devices.clear();
  }

  async #host(device: SimulatedDevice, driver: DriverModule): Promise<HostedDevice> {
    const { id, profile, address, baudRate = SIMULATED_BAUD_RATE } = device;
    const onEvent = (event: HostedEvent): void => this.#deps.onEvent(id, event);
    if (!isByteDriver(driver)) return HostedService.create(this.#services(driver, profile), onEvent);
    const simulators = this.#simulators(driver, profile, address === undefined ? {} : { address });
    if (device.carrier === 'tcp') return new HostedLine(baudRate, simulators, await tcpCarrier(), onEvent);
    const { directory } = this.#deps;
    await mkdir(directory, { recursive: true });
    return new HostedLine(baudRate, simulators, terminalCarrier(join(directory, id), baudRate), onEvent);
  }

  #simulators(driver: ByteDriverModule, profile: string, at: { readonly address?: number }): HostedSimulators {
    return {
      simulate: (context) => driver.simulate(profile, { ...context, ...at }),
      other: (name, wanted) => {
        const found = this.#driver(name, wanted);
        if (!isByteDriver(found)) throw new Error(`${name} is a service`);
        return (context) => found.simulate(wanted, context);
      },
    };
  }

  #services(driver: DriverOf<'document-scanner'>, profile: string): HostedServices {
    return {
      simulate: (context) => driver.simulate(profile, context),
      other: (name, wanted) => {
        const found = this.#driver(name, wanted);
        if (isByteDriver(found)) throw new Error(`${name} is no service`);
        return (context) => found.simulate(wanted, context);
      },
    };
  }

  #driver(name: string, profile: string): DriverModule {
    const found = this.#deps.drivers.find((one) => one.name === name);
    if (!found?.profiles.includes(profile)) throw new Error(`no driver ${name} with a profile ${profile}`);
    return found;
  }
}
