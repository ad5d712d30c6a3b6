import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { coreMeasures } from '../test/bench/core/index.ts';
import { chooseMeasures, takeMeasures } from '../test/bench/take.ts';

// `npm run bench:core [-- NAME… --drained 10000 --queued 100000]`: what core and platform take, beside other libraries and
// bare tools; plain Node.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { drained: { type: 'string', default: '10000' }, queued: { type: 'string', default: '100000' } },
});
const sizes = { drained: Number(values.drained), queued: Number(values.queued) };
if (!Object.values(sizes).every((size) => Number.isSafeInteger(size) && size > 0)) {
  console.error('--drained and --queued take a number of cases');
  process.exit(2);
}
const chosen = chooseMeasures(coreMeasures(sizes), positionals);
const file = resolve(import.meta.dirname, '../reports/bench-core.json');
await takeMeasures(chosen, file, { node: process.version, sizes });
