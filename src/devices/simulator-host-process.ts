import { z } from 'zod';
import { drivers } from './registry.ts';
import { simulatedDevice, SimulatorHost } from './simulator-host.ts';

/**
 * Simulated devices behind pseudo terminals and ports on loopback, as a process of its own:
 *
 *     node src/devices/simulator-host-process.ts '{"directory":"/tmp/ports","devices":[{"id":"id-reader",
 *       "driver":"sam-reader","profile":"serial-115200","baudRate":115200,"actions":[{"presentAfterPolls":8}]}]}'
 *
 * Prints one line of JSON per device, `{"device":"id-reader","path":"/tmp/ports/id-reader"}`; the path of a network device
 * is its address. A parent that forked it gets the same as messages, each with `actions`, what the device can be told as
 * JSON Schema, then `{"ready":true}`, takes part by `{ request, device, action }` (answered by
 * `{ request, acted: { at, bytesIn, bytesOut } }` or `{ request, refused }` once it is done, a plug that takes its time later
 * than what came after it) and hears `{ device, event }`. Ends on SIGTERM, SIGINT and with its parent, and takes its
 * terminals with it. Exit codes: 1 when a device cannot start, 2 for wrong arguments.
 */
const argument = z.strictObject({ directory: z.string().min(1), devices: z.array(simulatedDevice) });
const request = z.strictObject({ request: z.int(), device: z.string(), action: z.record(z.string(), z.unknown()) });

function tell(message: Readonly<Record<string, unknown>>): void {
  process.send?.(message);
}

function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
}

function readArgument(): z.infer<typeof argument> {
  try {
    return argument.parse(JSON.parse(process.argv[2] ?? ''));
  } catch (error) {
    return fail(error);
  }
}

const { directory, devices } = readArgument();
const host = new SimulatorHost({ drivers, directory, onEvent: (device, event) => tell({ device, event }) });

async function stop(exitCode: number): Promise<never> {
  await host.stop();
  process.exit(exitCode);
}
for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.once(signal, () => void stop(0));

process.on('message', (raw) => {
  const { request: id, device, action } = request.parse(raw);
  host.act(device, action).then(
    (count) => tell({ request: id, acted: count }),
    (error: unknown) => tell({ request: id, refused: error instanceof Error ? error.message : String(error) }),
  );
});

for (const device of devices) {
  const added = await host.add(device);
  if (!added.ok) {
    process.stderr.write(`${device.id}: ${added.reason} ${added.detail ?? ''}\n`);
    await stop(1);
  } else {
    process.stdout.write(`${JSON.stringify({ device: device.id, path: added.value })}\n`);
    tell({ device: device.id, path: added.value, actions: host.actionsOf(device) });
  }
}
tell({ ready: true });
