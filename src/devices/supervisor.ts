import type { Clock } from '../contract/clock.ts';
import type { DeviceConfig } from '../contract/config.ts';
import type { DeviceClass, DeviceView } from '../contract/device-classes.ts';
import type { EventLog } from '../contract/log.ts';
import type { Result } from '../domain/result.ts';
import { refused } from '../domain/result.ts';
import type { DeviceLink, DriverModule, OpenFailure } from './driver.ts';
import type { BorrowFailure, Lease } from './managed-device.ts';
import { ManagedDevice } from './managed-device.ts';

export interface SupervisorDeps {
  readonly devices: readonly DeviceConfig[];
  readonly drivers: readonly DriverModule[];
  readonly open: (config: DeviceConfig, driver: DriverModule) => Promise<Result<DeviceLink, OpenFailure>>;
  readonly clock: Clock;
  readonly log: EventLog;
}

/** All configured devices, each living its own life. */
export class Supervisor {
  readonly #devices: readonly ManagedDevice[];
  /** Devices that no driver is known for. */
  readonly #unknown: readonly DeviceView[];
  readonly #listeners = new Set<() => void>();

  constructor(deps: SupervisorDeps) {
    const managed: ManagedDevice[] = [];
    const unknown: DeviceView[] = [];
    for (const config of deps.devices) {
      const driver = deps.drivers.find(({ name }) => name === config.driver);
      if (driver?.class === config.class && driver.profiles.includes(config.profile)) {
        const open = () => deps.open(config, driver);
        managed.push(
          new ManagedDevice({
            config,
            driver,
            open,
            clock: deps.clock,
            log: deps.log,
            onChange: () => this.#changed(),
          }),
        );
      } else {
        const { id, driver: name, profile } = config;
        deps.log('devices.driver-unknown', { device: id, driver: name, profile });
        unknown.push({ id, class: config.class, driver: name, state: 'faulty', reason: 'driver-unknown' });
      }
    }
    this.#devices = managed;
    this.#unknown = unknown;
  }

  /** Ends after `stop`, when every line is closed. */
  async run(): Promise<void> {
    await Promise.all(this.#devices.map((device) => device.run()));
  }

  stop(): void {
    for (const device of this.#devices) device.stop();
  }

  list(): DeviceView[] {
    return [...this.#devices.map(({ view }) => view), ...this.#unknown];
  }

  /** Called after every change of the list. Returns a function that stops listening. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Lends out a device of that class: a ready one before any other. See {@link ManagedDevice.borrow}. */
  async borrow<C extends DeviceClass>(
    kind: C,
    signal: AbortSignal,
    whenLent: 'take-over' | 'refuse',
  ): Promise<Result<Lease<C>, BorrowFailure>> {
    const ofClass = this.#devices.filter(({ view }) => view.class === kind);
    const device = ofClass.find(({ view }) => view.state === 'ready') ?? ofClass[0];
    return device ? device.borrow(kind, signal, whenLent) : refused('absent', 'not-configured');
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
