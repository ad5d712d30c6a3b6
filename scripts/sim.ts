// `npm run sim`: the devices of the demonstration hall behind real terminals, and what goes wrong with them by a script.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { SimulatedDevice } from '../src/devices/simulator-host.ts';
import { simulated, standardDevices } from './hall/hall-devices.ts';
import { withScript } from './hall/script-file.ts';
import { HallSimulators } from './hall/simulators.ts';
import type { DeviceEvent } from './hall/simulators.ts';

const usage = `npm run sim -- [--script FILE] [--directory DIRECTORY] [--until-done]
  --script FILE       JSON: for each device what is done at its start ("actions") and what goes wrong ("script");
                      reader, printer and pad are there anyway, another one needs "driver" and "profile"
  --directory         where the ports are; a new one below ${tmpdir()} without it
  --until-done        ends when every script has ended; else with Ctrl-C
Prints a line of JSON for each port, and one for each thing that happens.`;

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

const hall = standardDevices.map((id) => simulated(id, undefined));

async function readDevices(path: string | undefined): Promise<SimulatedDevice[]> {
  try {
    return await withScript(hall, path);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
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
