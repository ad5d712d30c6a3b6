import { resolve } from 'node:path';
import { domainMeasures } from '../test/bench/domain/index.ts';
import { chooseMeasures, takeMeasures } from '../test/bench/take.ts';

// `npm run bench:domain [-- NAME…]`: the search, and a catalogue of 5,000 items; plain Node.
const chosen = chooseMeasures(domainMeasures, process.argv.slice(2));
const file = resolve(import.meta.dirname, '../reports/bench-domain.json');
await takeMeasures(chosen, file, { node: process.version });
