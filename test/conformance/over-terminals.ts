import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/contract/clock.ts';
import type { Action } from '../../src/devices/conformance/description.ts';
import type { Place } from '../../src/devices/conformance/place.ts';
import type { DriverModule } from '../../src/devices/driver.ts';
import { SimulatorHost } from '../../src/devices/simulator-host.ts';
import { openHttp } from '../../src/devices/transports/http.ts';
import { openSerial } from '../../src/devices/transports/serial.ts';

/** Simulators behind pairs of pseudo terminals, drivers on real serial ports; services behind real HTTP servers. */
export function overTerminals(drivers: readonly DriverModule[]): Place {
  return {
    name: 'over terminals and HTTP',
    isPatient: false,
    async plugIn({ driver, profile, baudRate }) {
      const directory = await mkdtemp(join(tmpdir(), 'hall-conformance-'));
      const listeners = new Set<(event: Action) => void>();
      const host = new SimulatorHost({
        drivers,
        directory,
        onEvent: (_, event) => {
          for (const listener of listeners) listener(event);
        },
      });
      const port = await host.add({
        id: 'device',
        driver: driver.name,
        profile,
        ...(baudRate === undefined ? {} : { baudRate }),
      });
      if (!port.ok) throw new Error(`no simulated device: ${port.reason} ${port.detail ?? ''}`);
      return {
        clock: systemClock,
        async open() {
          if (baudRate === undefined) return openHttp(port.value);
          const opened = await openSerial({ path: port.value, baudRate });
          if (!opened.ok) throw new Error(`no port: ${opened.reason} ${opened.detail ?? ''}`);
          return opened.value;
        },
        async act(action) {
          await host.act('device', action);
        },
        onEvent(listener) {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
        async stop() {
          await host.stop();
          await rm(directory, { recursive: true, force: true });
        },
      };
    },
  };
}
