import { readdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runTour } from '../test/tour/tour.ts';
import { enterWorld } from './electron-env.ts';

// `npm run tour [-- --no-pty] [--size 1920x1080]`: a whole visit in the real application, online and offline.
const { values } = parseArgs({
  options: { 'no-pty': { type: 'boolean', default: false }, size: { type: 'string', default: '1080x1920' } },
});
const folder = resolve(import.meta.dirname, '../reports/tour');
await enterWorld({ headless: true, outputs: [folder] });

// The folder itself is the world's to keep; what an earlier tour left in it goes.
for (const left of await readdir(folder)) await rm(join(folder, left), { recursive: true, force: true });
const [width = 1080, height = 1920] = values.size.split('x').map(Number);
const report = await runTour({
  folder,
  ptys: !values['no-pty'],
  size: { width, height },
  say: (line) => console.log(line),
});
await writeFile(join(folder, 'tour.json'), `${JSON.stringify(report, undefined, 2)}\n`);
console.log(`\nEverything is in ${folder}`);
process.exitCode = report.ok ? 0 : 1;
