import { join, resolve } from 'node:path';
import { measures } from '../test/bench/index.ts';
import { chooseMeasures, takeMeasures } from '../test/bench/take.ts';
import { enterWorld } from './electron-env.ts';

// `npm run bench [-- NAME…]`: takes the product's promises about time and memory on this machine, all or those named.
const chosen = chooseMeasures(measures, process.argv.slice(2));
const reports = resolve(import.meta.dirname, '../reports');
const world = await enterWorld({ headless: true, outputs: [reports] });
await takeMeasures(chosen, join(reports, 'bench.json'), { electron: world.runtime.version });
