import { join, resolve } from 'node:path';
import { deviceMeasures } from '../test/bench/devices/index.ts';
import { chooseMeasures, takeMeasures } from '../test/bench/take.ts';
import { enterWorld } from './electron-env.ts';

// `npm run bench:devices [-- NAME…]`: what the device room takes beside other libraries and the line itself, in plain Node, and how
// soon the kiosk has it back after a crash.
const chosen = chooseMeasures(deviceMeasures, process.argv.slice(2));
const reports = resolve(import.meta.dirname, '../reports');
const world = await enterWorld({ headless: true, outputs: [reports] });
await takeMeasures(chosen, join(reports, 'bench-devices.json'), {
  node: process.version,
  electron: world.runtime.version,
});
