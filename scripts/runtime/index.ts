// Finds an Electron to develop and test with. The product declares and ships the version in package.json; this folder is
// the only place that knows of any other, and nothing outside may ask which one it got.

import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { cacheFolder, findCached, pathKey } from './cache.ts';
import { declaredVersion, downloadElectron, executableIn, installedElectron, mirror } from './official.ts';
import { askVersions } from './probe.ts';
import { fallbackPossible, findFallback, makeFallback } from './registry-fallback.ts';
import { prepareSqlite, sqliteVersion } from './sqlite.ts';

/** An Electron that has been started once and in which SQLite works. */
export type Runtime = {
  readonly executable: string;
  /** Electron's version, like `45.4.1`. */
  readonly version: string;
  /** Where it comes from, for people. */
  readonly source: string;
  /** Environment variables that the application needs when it runs in this Electron. */
  readonly env: Readonly<Record<string, string>>;
};

type Say = (line: string) => void;
type Candidate = { readonly executable: string; readonly source: string };
type Memory = { readonly runtime: Runtime; readonly fingerprint: string };

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const overrideName = 'ELECTRON_OVERRIDE_DIST_PATH';

/** The runtime of this checkout; prepares it when set-up has not done so yet. */
export async function findRuntime(): Promise<Runtime> {
  return rememberedRuntime() ?? prepareRuntime(() => undefined);
}

/**
 * Finds or fetches an Electron, makes SQLite work in it, and remembers both.
 *
 * @throws with a message for people when there is none
 */
export async function prepareRuntime(say: Say): Promise<Runtime> {
  const remembered = rememberedRuntime();
  if (remembered !== undefined) {
    say(`Electron: ${remembered.version}, ${remembered.source}`);
    return remembered;
  }
  const { executable, source } = await locate(say);
  const versions = await askVersions(executable);
  if (!versions.ok) throw new Error(`Electron at ${executable} does not start: ${versions.reason}`);
  say(`Electron: ${versions.value.electron}, ${source}`);
  const binding = await prepareSqlite(executable, versions.value, say);
  const runtime: Runtime = {
    executable,
    version: versions.value.electron,
    source,
    env: binding === undefined ? {} : { KIOSK_SQLITE_BINDING: binding },
  };
  remember(runtime);
  return runtime;
}

async function locate(say: Say): Promise<Candidate> {
  const override = process.env[overrideName];
  if (override !== undefined && override !== '') {
    const executable = executableIn(override);
    if (!existsSync(executable)) throw new Error(`${overrideName} is set, but there is no ${executable}`);
    return { executable, source: `from ${overrideName}` };
  }
  const installed = installedElectron();
  if (installed !== undefined) return { executable: installed, source: 'the declared version' };
  const earlier = findFallback();
  if (earlier !== undefined && mirror() === undefined) return fallback(earlier);
  say(`Electron: downloading ${declaredVersion()}`);
  const failure = await downloadElectron();
  const downloaded = installedElectron();
  if (downloaded !== undefined) return { executable: downloaded, source: 'the declared version' };
  say(`Electron: ${declaredVersion()} could not be downloaded: ${failure}`);
  if (!fallbackPossible()) {
    throw new Error(
      `There is no other Electron for ${process.platform}-${process.arch}. Set ELECTRON_MIRROR to a mirror that you can reach, ` +
        `or ${overrideName} to a folder that holds Electron ${declaredVersion()}.`,
    );
  }
  return fallback(earlier ?? (await makeFallback(say)));
}

function fallback(folder: string): Candidate {
  return {
    executable: executableIn(folder),
    source: `a stand-in for ${declaredVersion()} (remove ${folder} to try the download again)`,
  };
}

/** Everything that a remembered choice depends on. */
function fingerprint(executable: string): string {
  const { size, mtimeMs } = statSync(executable);
  return [
    executable,
    size,
    mtimeMs,
    declaredVersion(),
    sqliteVersion(),
    process.env[overrideName] ?? '',
    mirror() ?? '',
  ].join('|');
}

const recordName = `runtime-${pathKey(root)}.json`;

function rememberedRuntime(): Runtime | undefined {
  const file = findCached(recordName);
  if (file === undefined) return undefined;
  const record: Memory = JSON.parse(readFileSync(file, 'utf8'));
  const files = [record.runtime.executable, ...Object.values(record.runtime.env)];
  if (!files.every((path) => existsSync(path))) return undefined;
  return fingerprint(record.runtime.executable) === record.fingerprint ? record.runtime : undefined;
}

function remember(runtime: Runtime): void {
  const record: Memory = { runtime, fingerprint: fingerprint(runtime.executable) };
  const file = join(cacheFolder(), recordName);
  mkdirSync(cacheFolder(), { recursive: true });
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(record, undefined, 2));
  renameSync(`${file}.${process.pid}`, file);
}
