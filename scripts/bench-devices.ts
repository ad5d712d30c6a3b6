import { resolve } from 'node:path';
import { deviceMeasures } from '../test/bench/devices/index.ts';
import { chooseMeasures, takeMeasures } from '../test/bench/take.ts';

// `npm run bench:devices [-- NAME…]`: what the device room takes beside other libraries and the line itself; plain Node.
const chosen = chooseMeasures(deviceMeasures, process.argv.slice(2));
const file = resolve(import.meta.dirname, '../reports/bench-devices.json');
await takeMeasures(chosen, file, { node: process.version });
