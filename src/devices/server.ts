import { implement } from '@orpc/server';
import { deviceApi } from '../contract/device-api.ts';
import type { ManagedDevice } from './managed-device.ts';
import { codeEventOf } from './server/code-reader.ts';
import { LampDesk } from './server/cue-lamps.ts';
import { watchDevices } from './server/devices.ts';
import { scan, scannerCapabilities } from './server/document-scanner.ts';
import { readCard, watchCard } from './server/id-reader.ts';
import { diagnoseOne, testAll, testOne } from './server/self-tests.ts';
import type { ServerDeps } from './server/serve.ts';
import { answered, orNever, served } from './server/serve.ts';
import { PrintGate } from './server/print-gate.ts';
import { print } from './server/ticket-printer.ts';
import { watch } from './server/watch.ts';

/** What core may ask of the devices, over the supervisor. */
export function createDeviceRouter(deps: ServerDeps) {
  const { supervisor } = deps;
  const os = implement(deviceApi);
  const gate = new PrintGate();
  const lamps = new LampDesk(deps);
  const find = (id: string, errors: Thrower): ManagedDevice => {
    const device = supervisor.find(id);
    if (!device) throw errors.UNKNOWN_DEVICE();
    return device;
  };
  return os.router({
    devices: {
      list: os.devices.list.handler(() => supervisor.list()),
      watch: os.devices.watch.handler(({ signal }) => served(watchDevices(deps, orNever(signal)), deps)),
      disable: os.devices.disable.handler(({ input, errors }) =>
        answered(find(input.id, errors).disable(input.reason, 'staff'), deps),
      ),
      enable: os.devices.enable.handler(({ input, errors }) => answered(find(input.id, errors).enable(), deps)),
      selfTest: os.devices.selfTest.handler(({ input: { id, ...options }, errors, signal }) =>
        served(testOne(deps, find(id, errors), options, orNever(signal)), deps),
      ),
      diagnose: os.devices.diagnose.handler(({ input: { id, testPage }, errors, signal }) =>
        served(diagnoseOne(deps, find(id, errors), testPage, orNever(signal)), deps),
      ),
      ports: os.devices.ports.handler(() => answered(deps.ports?.() ?? Promise.resolve([]), deps)),
      selfTestAll: os.devices.selfTestAll.handler(({ input, signal }) =>
        served(testAll(deps, input, orNever(signal)), deps),
      ),
    },
    idReader: {
      read: os.idReader.read.handler(({ signal }) => served(readCard(deps, orNever(signal)), deps)),
      watchCard: os.idReader.watchCard.handler(({ signal }) => served(watchCard(deps, orNever(signal)), deps)),
    },
    ticketPrinter: {
      print: os.ticketPrinter.print.handler(({ input: { jobId, document } }) =>
        answered(
          gate.hold(jobId, (mayMove) => print(deps, jobId, document, mayMove)),
          deps,
        ),
      ),
      start: os.ticketPrinter.start.handler(({ input }) => gate.start(input.jobId)),
    },
    ratingPad: {
      watch: os.ratingPad.watch.handler(({ signal }) =>
        served(
          watch(deps, orNever(signal), {
            kind: 'rating-pad',
            open: (device, leave) => device.watch(leave),
            // A key that stands for no level says nothing to a citizen.
            convert: ({ level }) => level && { level },
          }),
          deps,
        ),
      ),
    },
    documentScanner: {
      capabilities: os.documentScanner.capabilities.handler(() => answered(scannerCapabilities(deps), deps)),
      scan: os.documentScanner.scan.handler(({ input, signal }) => served(scan(deps, input, orNever(signal)), deps)),
    },
    codeReader: {
      watch: os.codeReader.watch.handler(({ signal }) =>
        served(
          watch(deps, orNever(signal), {
            kind: 'code-reader',
            open: (device, leave) => device.watch(leave),
            convert: (code, id) => codeEventOf(code, id, deps),
          }),
          deps,
        ),
      ),
    },
    cueLamps: {
      light: os.cueLamps.light.handler(({ input, signal }) => served(lamps.light(input.slot, orNever(signal)), deps)),
      presence: os.cueLamps.presence.handler(({ signal }) => served(lamps.presence(orNever(signal)), deps)),
    },
  });
}

interface Thrower {
  readonly UNKNOWN_DEVICE: () => Error;
}
