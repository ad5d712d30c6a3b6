import { EventEmitter, on } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KioskConfig } from '../../src/contract/config.ts';
import { DockDoor } from './dock-door.ts';
import { configured, hallDevices, lampSlots, simulated, standardDevices } from './hall-devices.ts';
import type { DeviceId } from './hall-devices.ts';
import { untilLogged } from './logged.ts';
import { HallPlatform } from './platform.ts';
import { sampleStaff } from './sample-staff.ts';
import { HallSimulators } from './simulators.ts';
import type { DeviceEvent } from './simulators.ts';

export interface HallOptions {
  /** Everything of this hall lies below it: kiosk data, platform data, ports, configuration. */
  readonly folder: string;
  /** Devices behind real terminals; else inside the device process, where they act by themselves. */
  readonly ptys: boolean;
  /** What a visit needs, unless said. */
  readonly devices?: readonly DeviceId[];
  /** Actions for simulated devices at their start, by device. */
  readonly actions?: Readonly<Partial<Record<DeviceId, readonly DeviceEvent[]>>>;
  readonly catalogue?: string;
  /** Of the kiosk's configuration, beside what the hall itself says. */
  readonly config?: Pick<KioskConfig, 'camera' | 'cryptography' | 'personGoneSeconds' | 'selfTest' | 'speaker'>;
}

/** For a newcomer without hands on the simulator: a card comes after some finds and goes when it was read. */
export const demoDevices: NonNullable<HallOptions['actions']> = {
  reader: [{ card: 'zhang' }, { presentAfterPolls: 130 }],
};

const sampleCatalogue = join(import.meta.dirname, '../../resources/catalogue');

/** A whole hall around one kiosk: platform, devices, configuration. Used by `npm start`, the tour, the tests and the benches. */
export class Hall {
  readonly folder: string;
  readonly dataDir: string;
  readonly configPath: string;
  readonly platform: HallPlatform;
  readonly #printed: Uint8Array[] = [];
  readonly #onPrinted: ((bytes: Uint8Array) => void)[] = [];
  readonly #events = new EventEmitter();
  readonly #openedAt = Date.now();
  #simulators: HallSimulators | undefined;
  #dock: DockDoor | undefined;

  private constructor(folder: string) {
    this.folder = folder;
    this.dataDir = join(folder, 'kiosk');
    this.configPath = join(folder, 'kiosk.json');
    this.platform = new HallPlatform(join(folder, 'platform'));
  }

  static async open(options: HallOptions): Promise<Hall> {
    const hall = new Hall(options.folder);
    await mkdir(hall.dataDir, { recursive: true });
    const opened = options.ptys ? hall.#openSimulators(options) : Promise.resolve();
    await Promise.all([hall.platform.start(), opened]);
    await writeFile(hall.configPath, `${JSON.stringify(hall.#config(options), undefined, 2)}\n`);
    return hall;
  }

  /** Where the devices are, for people. */
  get ports(): readonly string[] {
    return this.#simulators ? [...this.#simulators.ports.values()] : ['inside the device process'];
  }

  /** Does something at a device: lays a card down, takes paper out. Answers with what its line has carried by then. */
  async act(device: DeviceId, action: DeviceEvent): Promise<DeviceEvent> {
    return (await this.#simulators?.act(device, action)) ?? {};
  }

  /** The next event of a device that has this kind, and fits. Listen before doing what leads to it. */
  async next(device: DeviceId, kind: string, fits: (event: DeviceEvent) => boolean = () => true): Promise<DeviceEvent> {
    for await (const [event] of on(this.#events, device) as AsyncIterable<[DeviceEvent]>)
      if (event['event'] === kind && fits(event)) return event;
    throw new Error('no further events');
  }

  /** Hears of each receipt that comes out of a printer behind a terminal. */
  onPrinted(listener: (bytes: Uint8Array) => void): void {
    this.#onPrinted.push(listener);
  }

  /** The bytes of each receipt that came out of a printer behind a terminal, in order. */
  printed(): readonly Uint8Array[] {
    return this.#printed;
  }

  /** The same, wherever the printer is. */
  async receipts(): Promise<readonly Uint8Array[]> {
    if (this.#simulators) return this.#printed;
    // A simulator inside the device process leaves what happened to it in a file.
    const events = await readFile(join(this.dataDir, 'logs/simulated-printer.jsonl'), 'utf8');
    return events
      .split('\n')
      .filter((line) => line !== '')
      .map((line): DeviceEvent => JSON.parse(line))
      .flatMap(({ event, bytes }) =>
        event === 'printed' && typeof bytes === 'string' ? [Buffer.from(bytes, 'base64')] : [],
      );
  }

  /** Lets the simulator dock of a kiosk in. Only devices behind terminals can be reached. */
  async openDock(): Promise<DockDoor> {
    const simulators = this.#simulators;
    if (!simulators) throw new Error('the simulated devices are inside the device process');
    const devices = [...simulators.actions].map(([id, actions]) => {
      const { class: kind, driver, profile } = hallDevices[id as DeviceId];
      return { id, class: kind, driver, profile, actions: { ...actions } };
    });
    const act = (device: string, action: DeviceEvent) => simulators.act(device, action);
    this.#dock = await DockDoor.open({ devices, act, inService: () => this.#inService() });
    return this.#dock;
  }

  async close(): Promise<void> {
    await Promise.all([this.platform.stop(), this.#simulators?.close(), this.#dock?.close()]);
  }

  /** Once the kiosk has its processes, which come after its window. */
  async #inService(): Promise<void> {
    const logs = join(this.dataDir, 'logs');
    const ready = ['core', 'devices'].map((name) =>
      untilLogged(logs, { event: 'shell.process-ready', fields: { name }, since: this.#openedAt }),
    );
    await Promise.all(ready);
  }

  async #openSimulators({ folder, devices = standardDevices, actions }: HallOptions): Promise<void> {
    const wanted = devices.map((id) => simulated(id, actions?.[id]));
    this.#simulators = await HallSimulators.open(join(folder, 'ports'), wanted, (device, event) => {
      if (event['event'] === 'printed' && typeof event['bytes'] === 'string') this.#keepReceipt(event['bytes']);
      this.#events.emit(device, event);
      this.#dock?.tell({ device, event });
    });
  }

  #keepReceipt(base64: string): void {
    const bytes = Buffer.from(base64, 'base64');
    this.#printed.push(bytes);
    for (const listener of this.#onPrinted) listener(bytes);
  }

  #devices({ devices = standardDevices, actions }: HallOptions): KioskConfig['devices'] {
    const slots = devices.includes('lamps') ? lampSlots : {};
    return devices.map((id) => {
      const lamp = slots[id];
      const device = configured(id, this.#simulators?.ports.get(id), actions?.[id]);
      return lamp === undefined ? device : { ...device, lamp };
    });
  }

  #config(options: HallOptions): KioskConfig {
    return {
      kioskId: 'HALL01',
      hall: { code: '990101', name: '安澜县政务服务中心', hours: '周一至周五 9:00–17:00', phone: '0100-5550101' },
      platform: { url: this.platform.url },
      catalogue: options.catalogue ?? sampleCatalogue,
      devices: this.#devices(options),
      staff: [...sampleStaff],
      ...options.config,
    };
  }
}
