// `npm run sim`: the devices of the demonstration hall behind real terminals, and what goes wrong with them by a script.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { simulatedDevice } from '../src/devices/simulator-host.ts';
import type { SimulatedDevice } from '../src/devices/simulator-host.ts';
import { simulated, standardDevices } from './hall/hall-devices.ts';
import { HallSimulators } from './hall/simulators.ts';
import type { DeviceEvent } from './hall/simulators.ts';

const usage = `npm run sim -- [--script FILE] [--directory DIRECTORY] [--until-done]
  --script FILE       JSON: for each device what is done at its start ("actions") and what goes wrong ("script");
                      reader, printer and pad are there anyway, another one needs "driver" and "profile"
  --directory         where the ports are; a new one below ${tmpdir()} without it
  --until-done        ends when every script has ended; else with Ctrl-C
Prints a line of JSON for each port, and one for each thing that happens.`;

const scriptFile = z.record(z.string(), simulatedDevice.omit({ id: true }).partial());

const { values } = parseArgs({
  options: {
    script: { type: 'string' },
    directory: { type: 'string' },
    'until-done': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}

function devicesOf(file: z.infer<typeof scriptFile>): SimulatedDevice[] {
  const named = new Map<string, object>(standardDevices.map((id) => [id, simulated(id, undefined)]));
  for (const [id, device] of Object.entries(file)) named.set(id, { ...named.get(id), ...device });
  return [...named].map(([id, device]) => simulatedDevice.parse({ id, ...device }));
}

async function readDevices(path: string | undefined): Promise<SimulatedDevice[]> {
  try {
    return devicesOf(path === undefined ? {} : scriptFile.parse(JSON.parse(await readFile(path, 'utf8'))));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    console.error(`${path ?? ''} is no script: ${reason}\n\n${usage}`);
    process.exit(2);
  }
}

/** What a printer puts on paper is long, and nobody reads it here. */
function shortened(event: DeviceEvent): DeviceEvent {
  const { bytes, ...rest } = event;
  return typeof bytes === 'string' ? { ...rest, bytes: Buffer.from(bytes, 'base64').length } : event;
}

const devices = await readDevices(values.script);
const running = new Set(devices.filter(({ script }) => script).map(({ id }) => id));
const stopped = Promise.withResolvers<void>();
const directory = values.directory ?? (await mkdtemp(join(tmpdir(), 'hall-sim-')));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.resolve());

const simulators = await HallSimulators.open(directory, devices, (device, event) => {
  console.log(JSON.stringify({ device, ...shortened(event) }));
  if (event['event'] === 'script-ended') running.delete(device);
  if (values['until-done'] && running.size === 0) stopped.resolve();
});
for (const [device, port] of simulators.ports) console.log(JSON.stringify({ device, port }));
if (values['until-done'] && running.size === 0) stopped.resolve();

await stopped.promise;
await simulators.close();
if (values.directory === undefined) await rm(directory, { recursive: true });
