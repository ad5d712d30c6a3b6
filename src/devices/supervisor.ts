import type { Clock } from '../contract/clock.ts';
import type { DeviceConfig } from '../contract/config.ts';
import type { DeviceClass, DeviceView } from '../contract/device-classes.ts';
import type { EventLog } from '../contract/log.ts';
import type { Result } from '../domain/result.ts';
import { refused } from '../domain/result.ts';
import type { DeviceRecords } from './device-records.ts';
import { unusedDevice } from './device-records.ts';
import type { DeviceLink, DriverModule, OpenFailure } from './driver.ts';
import type { Lease } from './lease.ts';
import type { BorrowFailure } from './managed-device.ts';
import { ManagedDevice } from './managed-device.ts';

export interface SupervisorDeps {
  readonly devices: readonly DeviceConfig[];
  readonly drivers: readonly DriverModule[];
  readonly open: (config: DeviceConfig, driver: DriverModule) => Promise<Result<DeviceLink, OpenFailure>>;
  readonly records: DeviceRecords;
  readonly clock: Clock;
  readonly log: EventLog;
}

/** All configured devices, each living its own life. */
export class Supervisor {
  readonly #devices = new Map<string, ManagedDevice>();
  /** Devices that no driver is known for. */
  readonly #unknown: readonly DeviceView[];
  readonly #listeners = new Set<() => void>();

  constructor(deps: SupervisorDeps) {
    const unknown: DeviceView[] = [];
    for (const config of deps.devices) {
      const driver = deps.drivers.find(({ name }) => name === config.driver);
      if (driver?.class === config.class && driver.profiles.includes(config.profile)) {
        const { records, clock, log } = deps;
        const open = () => deps.open(config, driver);
        const onChange = () => this.#changed();
        this.#devices.set(config.id, new ManagedDevice({ config, driver, open, records, clock, log, onChange }));
      } else {
        const { id, driver: name, profile } = config;
        deps.log('devices.driver-unknown', { device: id, driver: name, profile });
        const { uses } = unusedDevice;
        unknown.push({ id, class: config.class, driver: name, state: 'faulty', reason: 'driver-unknown', uses });
      }
    }
    this.#unknown = unknown;
  }

  /** Ends after `stop`, when every line is closed. */
  async run(): Promise<void> {
    await Promise.all([...this.#devices.values()].map((device) => device.run()));
  }

  stop(): void {
    for (const device of this.#devices.values()) device.stop();
  }

  list(): DeviceView[] {
    return [...[...this.#devices.values()].map(({ view }) => view), ...this.#unknown];
  }

  /** Nothing for an id that is not configured, or that no driver is known for. */
  find(id: string): ManagedDevice | undefined {
    return this.#devices.get(id);
  }

  /** A port came or went: devices that are absent are looked for at once. */
  nudge(): void {
    for (const device of this.#devices.values()) device.nudge();
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
    const ofClass = [...this.#devices.values()].filter(({ view }) => view.class === kind);
    const device =
      ofClass.find(({ view }) => view.state === 'ready') ??
      ofClass.find(({ view }) => view.state !== 'disabled') ??
      ofClass[0];
    return device ? device.borrow(kind, signal, whenLent) : refused('absent', 'not-configured');
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
