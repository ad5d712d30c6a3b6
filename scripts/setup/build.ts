import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type Say = (line: string) => void;

/** The application, and the simulator dock beside it. */
const configs = ['electron.vite.config.ts', 'electron.vite.dock.config.ts'];
/** What the built application is made of. */
const sources = ['src', 'drivers', 'resources', ...configs, 'package.json', 'package-lock.json', 'tsconfig.json'];
const stampFile = join('out', '.built-from');

/** Builds the application into out/ and its simulator dock into out-dock/, unless they are built from exactly these sources already. */
export function build(root: string, say: Say): boolean {
  const stamp = sourceStamp(root);
  const file = join(root, stampFile);
  if (existsSync(file) && readFileSync(file, 'utf8') === stamp) {
    say('application: already built');
    return true;
  }
  say('application: building');
  const tool = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const failed = configs.some((config) => {
    const args = [tool, 'build', '--config', config, '--logLevel', 'warn'];
    return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status !== 0;
  });
  if (failed) {
    say('application: it could not be built, see the lines above. The command was: npm run build');
    return false;
  }
  writeFileSync(file, stamp);
  say('application: built');
  return true;
}

/** Changes whenever a file comes, goes, grows or is written. Tests are no part of the application. */
export function sourceStamp(root: string): string {
  const hash = createHash('sha256');
  const add = (path: string): void => {
    const full = join(root, path);
    if (!existsSync(full)) return;
    const about = statSync(full);
    if (about.isDirectory()) {
      for (const name of readdirSync(full).toSorted()) add(join(path, name));
    } else if (!/\.test\.tsx?$/.test(path)) {
      hash.update(`${path}\0${about.size}\0${about.mtimeMs}\n`);
    }
  };
  for (const source of sources) add(source);
  return hash.digest('hex');
}
