// `node scripts/readiness-pdf.ts FOLDER` makes FOLDER/readiness.pdf of FOLDER/readiness.html, in Electron.
import { spawnSync } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { enterWorld } from './electron-env.ts';

const folder = resolve(process.argv[2] ?? '.');
const { runtime, electronArgs, env } = await enterWorld({ headless: true, outputs: [folder] });

// The page names its typeface only; the files of it lie with the packages.
const font = createRequire(import.meta.url).resolve('@fontsource-variable/noto-sans-sc/index.css');
const page = await readFile(join(folder, 'readiness.html'), 'utf8');
const dressed = join(folder, 'print.html');
await writeFile(dressed, page.replace('<head>', `<head><link rel="stylesheet" href="${pathToFileURL(font).href}">`));

const data = join(folder, 'electron');
const app = join(import.meta.dirname, 'readiness-pdf');
const paths = [`--page=${dressed}`, `--pdf=${join(folder, 'readiness.pdf')}`, `--data=${data}`];
const { status } = spawnSync(runtime.executable, [...electronArgs, app, ...paths], {
  env,
  stdio: ['ignore', 'inherit', 'ignore'],
});
await rm(data, { recursive: true, force: true });
await rm(dressed);
process.exitCode = status === 0 ? 0 : 1;
