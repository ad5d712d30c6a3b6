import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { measures } from '../test/bench/index.ts';
import type { Measured } from '../test/bench/measure.ts';
import { enterWorld } from './electron-env.ts';

// `npm run bench [-- NAME…]`: takes the product's promises about time and memory on this machine, all or those named.
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !measures.some((measure) => measure.name === name));
if (unknown.length > 0) {
  console.error(`There is no measure ${unknown.join(', ')}. There are: ${measures.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
const reports = resolve(import.meta.dirname, '../reports');
const world = await enterWorld({ headless: true, outputs: [reports] });

const chosen = wanted.length === 0 ? measures : measures.filter(({ name }) => wanted.includes(name));
const taken: Record<string, Measured & { readonly load: { readonly before: number; readonly after: number } }> = {};
for (const { name, explanation, run } of chosen) {
  console.log(`\n${name}: ${explanation}`);
  const folder = await mkdtemp(join(tmpdir(), 'kiosk-bench-'));
  const before = loadavg()[0] ?? 0;
  try {
    const measured = await run({ folder, say: (line) => console.log(`  ${line}`) });
    taken[name] = { ...measured, load: { before, after: loadavg()[0] ?? 0 } };
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

console.log('');
for (const { rows } of Object.values(taken))
  for (const { name, value, target } of rows)
    console.log(`bench ${name} ${value.toFixed(2)} (target <= ${target.toFixed(2)})`);

await mkdir(reports, { recursive: true });
const file = join(reports, 'bench.json');
const machine = { cpu: cpus()[0]?.model, cores: cpus().length, electron: world.runtime.version };
await writeFile(file, `${JSON.stringify({ machine, measures: taken }, undefined, 2)}\n`);
console.log(`\nRaw numbers: ${file}`);
