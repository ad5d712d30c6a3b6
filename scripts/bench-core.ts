import { resolve } from 'node:path';
import { coreMeasures } from '../test/bench/core/index.ts';
import { chooseMeasures, takeMeasures } from '../test/bench/take.ts';

// `npm run bench:core [-- NAME…]`: what core and platform take, beside other libraries and bare tools; plain Node.
const chosen = chooseMeasures(coreMeasures, process.argv.slice(2));
const file = resolve(import.meta.dirname, '../reports/bench-core.json');
await takeMeasures(chosen, file, { node: process.version });
