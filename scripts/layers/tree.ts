import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { readImports } from './imports.ts';
import type { Breach } from './rules.ts';
import { checkModule, roomNames, roomOf } from './rules.ts';

export type LayersResult = {
  /** How many modules each room has; all drivers together are `drivers`. */
  readonly counts: ReadonlyMap<string, number>;
  readonly breaches: readonly Breach[];
};

const moduleName = /\.(ts|tsx|mts|cts|js|mjs|cjs|jsx)$/;

/** Checks every module under `src` and `drivers`. A room without any module is a breach: then the check saw nothing. */
export function checkTree(root: string): LayersResult {
  const counts = new Map(roomNames.map((name) => [name, 0]));
  const breaches: Breach[] = [];
  for (const path of modulePaths(root)) {
    const room = roomOf(path);
    const counted = room?.startsWith('drivers/') === true ? 'drivers' : (room ?? '?');
    counts.set(counted, (counts.get(counted) ?? 0) + 1);
    breaches.push(...checkFile(root, path));
  }
  for (const [room, count] of counts) {
    if (count === 0)
      breaches.push({ path: room, line: 0, reason: 'has no modules: is the check looking at the right place?' });
  }
  return { counts, breaches };
}

function checkFile(root: string, path: string): Breach[] {
  const imports = readImports(path, readFileSync(join(root, path), 'utf8'));
  return typeof imports === 'string' ? [{ path, line: 1, reason: imports }] : checkModule({ path, imports });
}

function modulePaths(root: string): string[] {
  const paths = ['src', 'drivers'].flatMap((top) => {
    if (!existsSync(join(root, top))) return [];
    const names = readdirSync(join(root, top), { recursive: true, encoding: 'utf8' });
    return names.map((name) => join(top, name).replaceAll('\\', '/'));
  });
  return paths.filter((path) => moduleName.test(path)).toSorted();
}
