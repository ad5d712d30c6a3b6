import type { Clock } from '../../contract/clock.ts';
import type { HidFramingConfig } from '../../contract/config.ts';
import type { DeviceLink, DriverModule } from '../driver.ts';
import type { Action } from './description.ts';

/** Where the suite runs: simulators behind links of one kind. */
export interface Place {
  /** For titles: `in process`, `over terminals`, `over USB`. */
  readonly name: string;
  /** Waiting takes no time here, so that long limits can be waited out and many cases tried. */
  readonly isPatient: boolean;
  plugIn(device: PluggedDevice): Promise<Socket>;
}

export interface PluggedDevice {
  readonly driver: DriverModule;
  readonly profile: string;
  /** Of a serial line; a network service has none. */
  readonly baudRate: number | undefined;
  /** Of a HID device, for a place that has such. */
  readonly hid: HidFramingConfig | undefined;
}

/** One simulated device and the way to it. */
export interface Socket {
  readonly clock: Clock;
  /** Opens the link anew, as the supervisor does after each unplugging. Rejects when it cannot be opened. */
  open(): Promise<DeviceLink>;
  /** An action of the simulator, `{ "plug": true }` after an unplugging, or a script of faults: `{ "script": … }`. */
  act(action: Action): Promise<void>;
  onEvent(listener: (event: Action) => void): () => void;
  stop(): Promise<void>;
}
