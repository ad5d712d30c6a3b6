import { rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build, Platform } from 'electron-builder';
import { findRuntime } from './runtime/index.ts';

// `npm run package [-- --output DIR]`: the application as a folder that can be started, with its fuses set, out of the
// Electron that set-up found. Installers (electron-builder.json names them) fetch tools that not every machine can reach.
const { values } = parseArgs({ options: { output: { type: 'string', default: 'dist' } } });
const { executable, version, source } = await findRuntime();
console.log(`package: Electron ${version}, ${source}`);
await build({
  targets: Platform.LINUX.createTarget('dir'),
  projectDir: resolve(import.meta.dirname, '..'),
  config: {
    extends: resolve(import.meta.dirname, '../electron-builder.json'),
    electronDist: dirname(executable),
    electronVersion: version,
    directories: { output: resolve(values.output) },
  },
});
// Left over from an unpacked Electron; the fuses forbid loading it anyway.
await rm(resolve(values.output, 'linux-unpacked/resources/default_app.asar'), { force: true });
console.log(`package: ${resolve(values.output, 'linux-unpacked/hall-kiosk')}`);
