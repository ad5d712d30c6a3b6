import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { releaseDownloadMs, releaseHostAnswerMs } from './limits.ts';
import { runCommand } from './run-command.ts';

const require = createRequire(import.meta.url);
const releases = 'https://github.com/electron/electron/releases/download/';

function packageFolder(): string {
  return dirname(require.resolve('electron/package.json'));
}

/** The Electron version that package.json asks for. */
export function declaredVersion(): string {
  const { version }: { version: string } = JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8'));
  return version;
}

/** The executable's path inside a folder that holds Electron (the same names as in the electron package's index.js). */
export function executableIn(folder: string): string {
  if (process.platform === 'darwin') return join(folder, 'Electron.app', 'Contents', 'MacOS', 'Electron');
  return join(folder, process.platform === 'win32' ? 'electron.exe' : 'electron');
}

/** The Electron that the electron package has downloaded, when it has and when it is of the declared version. */
export function installedElectron(): string | undefined {
  const folder = join(packageFolder(), 'dist');
  const executable = executableIn(folder);
  const versionFile = join(folder, 'version');
  if (!existsSync(executable) || !existsSync(versionFile)) return undefined;
  return readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') === declaredVersion() ? executable : undefined;
}

/** Whether somebody has named a mirror to download from. */
export function mirror(): string | undefined {
  return process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'];
}

/**
 * Downloads the declared Electron with the electron package's own installer (which checks the checksums it carries).
 *
 * @returns nothing when it worked, else why not, in one line
 */
export async function downloadElectron(): Promise<string | undefined> {
  const proxied = Object.keys(process.env).some((name) => /^https?_proxy$/i.test(name));
  if (!proxied) {
    // The installer waits and retries for minutes where the host cannot be reached; ask for a sign of life first.
    const silent = await hostSilence(mirror() ?? releases);
    if (silent !== undefined) return silent;
  }
  const outcome = await runCommand(process.execPath, [join(packageFolder(), 'install.js')], {
    limitMs: releaseDownloadMs,
    env: { ...process.env, ...(proxied ? { ELECTRON_GET_USE_PROXY: '1' } : {}) },
  });
  if (!outcome.ok) return outcome.reason;
  return installedElectron() === undefined ? 'the installer ended without an Electron' : undefined;
}

async function hostSilence(address: string): Promise<string | undefined> {
  try {
    const signal = AbortSignal.timeout(releaseHostAnswerMs);
    await fetch(address, { method: 'HEAD', redirect: 'manual', signal });
    return undefined;
  } catch (error) {
    return `${new URL(address).host} cannot be reached (${describe(error)})`;
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer in ${releaseHostAnswerMs / 1000} s`;
  return error.cause instanceof Error ? error.cause.message : error.message;
}
