import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { DeviceEvent } from '../../../scripts/hall/simulators.ts';
import { HallSimulators } from '../../../scripts/hall/simulators.ts';
import type { DeviceClass, DeviceView } from '../../../src/contract/device-classes.ts';
import type { DeviceClient } from '../../fixtures/device-process.ts';
import { DeviceProcess } from '../../fixtures/device-process.ts';
import { linkTo } from '../../fixtures/link-to.ts';
import { nextEvent } from '../../fixtures/next-event.ts';
import { PATIENCE_MS } from './limits.ts';

/** One of each class, and of each class one that answers when it is asked, where there is one. A device's id is its class. */
const devices = [
  { class: 'id-reader', driver: 'sam-reader', profile: 'serial-115200', baudRate: 115_200 },
  { class: 'ticket-printer', driver: 'escpos-printer', profile: '80mm-gs-h', baudRate: 115_200 },
  { class: 'rating-pad', driver: 'table-pad', profile: 'five-key-aa55', baudRate: 9_600 },
  { class: 'document-scanner', driver: 'escl-scanner', profile: 'generic', baudRate: undefined },
  { class: 'code-reader', driver: 'ssi-scanner', profile: 'imager', baudRate: 9_600 },
  { class: 'cue-lamps', driver: 'slot-lamp', profile: 'slots-11-15', baudRate: 9_600 },
] as const;
export const deviceIds = devices.map(({ class: id }) => id);

const gauge = join(import.meta.dirname, 'gauge.ts');

/** The device process with a device of each class behind real terminals and a real HTTP server, which another process plays. */
export class Place {
  readonly folder: string;
  readonly process: DeviceProcess;
  readonly #simulators: HallSimulators;
  readonly #events: EventEmitter;
  readonly #leave = new AbortController();
  readonly #waits = new Map<DeviceClass, Set<string>>(deviceIds.map((id) => [id, new Set()]));
  #views: readonly DeviceView[] = [];
  readonly #changes = new EventEmitter({ captureRejections: true }).setMaxListeners(0);

  private constructor(folder: string, process: DeviceProcess, simulators: HallSimulators, events: EventEmitter) {
    this.folder = folder;
    this.process = process;
    this.#simulators = simulators;
    this.#events = events;
  }

  static async open(folder: string): Promise<Place> {
    const events = new EventEmitter().setMaxListeners(0);
    const simulated = devices.map(({ class: id, driver, profile, baudRate }) => ({
      id,
      driver,
      profile,
      ...(baudRate === undefined ? {} : { baudRate }),
    }));
    const simulators = await HallSimulators.open(join(folder, 'ports'), simulated, (id, event) =>
      events.emit(id, event),
    );
    const configs = devices.map(({ baudRate, ...device }) => ({
      id: device.class,
      ...device,
      link: linkTo(simulators.ports.get(device.class) ?? '', baudRate),
    }));
    const process = await DeviceProcess.start(folder, configs, gauge, ['--expose-gc']);
    const place = new Place(folder, process, simulators, events);
    void place.#look();
    return place;
  }

  get client(): DeviceClient {
    return this.process.client;
  }

  /** Does something at a device's simulator. */
  async act(id: DeviceClass, action: DeviceEvent): Promise<void> {
    await this.#simulators.act(id, action);
  }

  /** Lets these things happen on the device's line, in place of what went wrong there before. */
  async script(id: DeviceClass, ...steps: readonly DeviceEvent[]): Promise<void> {
    await this.act(id, { script: { steps } });
  }

  /** The next event of a device's simulator. Listen before doing what leads to it. */
  async next(id: DeviceClass, name: string): Promise<DeviceEvent> {
    const wait = `event ${name}`;
    this.#waits.get(id)?.add(wait);
    const event = await nextEvent(this.#events, id, name);
    this.#waits.get(id)?.delete(wait);
    return event;
  }

  /** What is waited for at a device just now, for whoever looks for what went wrong. */
  waits(id: DeviceClass): string {
    const state = this.#views.find((view) => view.id === id)?.state;
    return [`${id} is ${state}`, ...(this.#waits.get(id) ?? [])].join(', ');
  }

  /** Resolves when the device is in one of these states. */
  async until(id: DeviceClass, wanted: readonly DeviceView['state'][], limitMs = PATIENCE_MS): Promise<void> {
    const isSo = (): boolean => this.#views.some((view) => view.id === id && wanted.includes(view.state));
    if (isSo()) return;
    const outcome = Promise.withResolvers<void>();
    const look = (): void => {
      if (isSo()) outcome.resolve();
    };
    const late = setTimeout(() => outcome.reject(new Error(this.#lateness(id, wanted, limitMs))), limitMs);
    this.#changes.on('change', look);
    try {
      await outcome.promise;
    } finally {
      clearTimeout(late);
      this.#changes.off('change', look);
    }
  }

  async close(): Promise<void> {
    this.#leave.abort();
    await this.process.stop();
    await this.#simulators.close();
  }

  async #look(): Promise<void> {
    const { signal } = this.#leave;
    try {
      for await (const views of await this.client.devices.watch(undefined, { signal })) {
        this.#views = views;
        this.#changes.emit('change');
      }
    } catch (error) {
      // Leaving a stream ends it with an error.
      if (!signal.aborted) throw error;
    }
  }

  #lateness(id: DeviceClass, wanted: readonly string[], limitMs: number): string {
    const view = this.#views.find((one) => one.id === id);
    return `${id} is ${view?.state} (${view?.reason ?? 'no reason'}) after ${limitMs} ms, not ${wanted.join(' or ')}`;
  }
}
