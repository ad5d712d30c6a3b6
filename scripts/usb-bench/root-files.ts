import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { build } from 'vite';

import { RootArchive } from './archive.ts';
import type { Parts } from './parts.ts';

/** Native modules, which no bundle can hold. */
const nativeModules = ['@serialport/bindings-cpp', 'node-hid'];

/**
 * The virtual machine's whole file system: the built device process as it is shipped, the scenarios as one bundle, a Node
 * and the libraries that each needs.
 */
export async function rootFiles(root: string, work: string, parts: Parts): Promise<Buffer> {
  const archive = new RootArchive();
  for (const path of ['proc', 'sys', 'dev', 'run', 'tmp', 'etc', 'var']) archive.folder(path);
  archive.copy(join(root, 'test', 'usb-bench', 'init.sh'), '/init');
  archive.copy(parts.busybox, '/bin/busybox');
  for (const module of parts.modules) archive.copy(module, `/modules/${basename(module)}`);
  archive.copy(process.execPath, '/usr/bin/node');
  for (const library of librariesOf(process.execPath)) archive.copy(library);

  const bundle = join(work, 'bundle');
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: join(root, 'test', 'usb-bench', 'scenarios.ts'),
      outDir: bundle,
      rollupOptions: { external: nativeModules, output: { entryFileNames: 'scenarios.mjs' } },
    },
  });
  archive.copyTree(bundle, '/bench', () => true);
  archive.copyTree(join(root, 'out', 'main'), '/bench/main', () => true);
  archive.file('/bench/main/package.json', Buffer.from('{"type":"module"}'));
  for (const name of nativeModules) addPackage(archive, root, name);
  return archive.bytes();
}

/** The loader and every library that the loader would load. */
function librariesOf(program: string): readonly string[] {
  const { stdout } = spawnSync('ldd', [program], { encoding: 'utf8' });
  return [...stdout.matchAll(/(?:=> |^\s*)(\/\S+) \(0x/gm)].flatMap(([, path]) => (path === undefined ? [] : [path]));
}

/** A package and all that it depends on, as far as it runs on this machine. */
function addPackage(archive: RootArchive, from: string, name: string): void {
  const folder = packageFolder(from, name);
  if (folder === undefined) return;
  const target = folder.slice(folder.indexOf('node_modules'));
  archive.copyTree(folder, `/bench/${target}`, (path) => {
    if (/\.(?:md|map|ts|c|cc|cpp|h|hpp|gypi?)$/.test(path) || basename(path) === 'node_modules') return false;
    return basename(dirname(path)) !== 'prebuilds' || basename(path).endsWith('linux-x64');
  });
  for (const binary of nativeFiles(folder)) for (const library of librariesOf(binary)) archive.copy(library);
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    dependencies?: Readonly<Record<string, string>>;
  };
  for (const dependency of Object.keys(dependencies)) addPackage(archive, folder, dependency);
}

function packageFolder(from: string, name: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
    if (folder === dirname(folder)) return undefined;
  }
}

function nativeFiles(folder: string): readonly string[] {
  const { stdout } = spawnSync('find', [join(folder, 'prebuilds'), '-path', '*linux-x64/*', '-name', '*.node'], {
    encoding: 'utf8',
  });
  return stdout.split('\n').filter((line) => line !== '' && !line.includes('musl'));
}
