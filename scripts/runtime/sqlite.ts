import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { ensureDebianPackages } from '../setup/system.ts';
import { findCached, makeCached } from './cache.ts';
import { compileMs } from './limits.ts';
import type { RuntimeVersions } from './probe.ts';
import { trySqlite } from './probe.ts';
import { runCommand } from './run-command.ts';

/** The Node-API that better-sqlite3's own prebuilt addon needs (better-sqlite3 13, binding.gyp). */
const prebuiltNodeApi = 10;

/** Change when the way of building changes, so that nobody keeps an addon built the old way. */
const recipe = 1;

type Say = (line: string) => void;

const require = createRequire(import.meta.url);

export function sqliteVersion(): string {
  return packageVersion(require.resolve('better-sqlite3/package.json'));
}

/**
 * Makes sure that better-sqlite3 works inside the runtime.
 *
 * @returns the path of the addon to use there; nothing when the one inside the package does
 * @throws when there is none, with a message that says what is missing
 */
export async function prepareSqlite(
  executable: string,
  versions: RuntimeVersions,
  say: Say,
): Promise<string | undefined> {
  const binding = versions.nodeApi >= prebuiltNodeApi ? undefined : await ownAddon(versions, say);
  const outcome = await trySqlite(executable, binding);
  if (!outcome.ok) throw new Error(`better-sqlite3 does not work in Electron ${versions.electron}: ${outcome.reason}`);
  say(`SQLite ${outcome.value} works in Electron ${versions.electron}${binding === undefined ? '' : ` (${binding})`}`);
  return binding;
}

async function ownAddon(versions: RuntimeVersions, say: Say): Promise<string> {
  const name = `better-sqlite3-${sqliteVersion()}-node-api-${versions.nodeApi}-${process.platform}-${process.arch}-${recipe}.node`;
  const cached = findCached(name);
  if (cached !== undefined) return cached;
  ensureDebianPackages([['g++']], say);
  say(`SQLite: compiling it for Node-API ${versions.nodeApi} (one to two minutes, once)`);
  return makeCached(name, async (work) => {
    const addon = join(work, 'better_sqlite3.node');
    await compile(work, addon);
    return addon;
  });
}

/** Compiles the package's own sources with what its binding.gyp says, apart from the Node-API version. */
async function compile(work: string, addon: string): Promise<void> {
  const source = dirname(require.resolve('better-sqlite3/package.json'));
  const cppApi = dirname(createRequire(join(source, 'package.json')).resolve('node-addon-api/package.json'));
  const headers = dirname(require.resolve('node-api-headers/package.json'));
  const sqlite = join(source, 'deps', 'sqlite3');
  const defines = sqliteDefines(readFileSync(join(source, 'deps', 'defines.gypi'), 'utf8')).map(
    (define) => `-D${define}`,
  );
  const common = ['-c', '-O2', '-fPIC', '-DNDEBUG', ...defines, '-I', sqlite];
  const cpp = ['-std=c++20', '-fno-exceptions', '-fno-rtti', '-fvisibility=hidden', '-fvisibility-inlines-hidden'];
  const api = ['-DNAPI_VERSION=9', '-DNAPI_DISABLE_CPP_EXCEPTIONS', '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS'];
  const include = ['-I', join(headers, 'include'), '-I', cppApi];
  const shim = ['-include', fileURLToPath(new URL('./node-api-9.h', import.meta.url))];
  const cObject = join(work, 'sqlite3.o');
  const cppObject = join(work, 'better_sqlite3.o');
  await Promise.all([
    mustRun('gcc', [...common, '-w', '-std=gnu99', join(sqlite, 'sqlite3.c'), '-o', cObject]),
    mustRun('g++', [
      ...common,
      ...cpp,
      ...api,
      ...include,
      ...shim,
      join(source, 'src', 'better_sqlite3.cpp'),
      '-o',
      cppObject,
    ]),
  ]);
  const link = ['-shared', '-pthread', '-s', '-Wl,-Bsymbolic', '-Wl,--exclude-libs,ALL'];
  await mustRun('g++', [...link, cppObject, cObject, '-ldl', '-o', addon]);
}

/** The names in the `defines` list of a gyp file. */
export function sqliteDefines(gyp: string): string[] {
  const list = /'defines':\s*\[([^\]]*)\]/.exec(gyp)?.[1];
  if (list === undefined) throw new Error('better-sqlite3/deps/defines.gypi has no list of defines');
  return [...list.matchAll(/'([^']+)'/g)].map((match) => match[1] ?? '');
}

async function mustRun(command: string, args: readonly string[]): Promise<void> {
  const outcome = await runCommand(command, args, { limitMs: compileMs });
  if (!outcome.ok)
    throw new Error(`SQLite could not be compiled (${command}: ${outcome.reason}). It needs the Debian package g++.`);
}

function packageVersion(file: string): string {
  const { version }: { version: string } = JSON.parse(readFileSync(file, 'utf8'));
  return version;
}
