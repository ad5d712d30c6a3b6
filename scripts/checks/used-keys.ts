import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type UsedKey = { readonly key: string; readonly path: string; readonly line: number };

// A message key has a point in it, which tells a call for a message from other functions named alike.
const call = /\b(?:t|text)\(\s*'([A-Za-z][\w-]*(?:\.[\w-]+)+)'/g;

/** The message keys that the code names literally, as in `text('page.back')`. */
export function usedKeys(root: string): UsedKey[] {
  return ['src', 'drivers'].flatMap((top) => {
    if (!existsSync(join(root, top))) return [];
    const names = readdirSync(join(root, top), { recursive: true, encoding: 'utf8' });
    const paths = names.map((name) => join(top, name)).filter((path) => /(?<!\.test)\.tsx?$/.test(path));
    return paths.toSorted().flatMap((path) => keysIn(path, readFileSync(join(root, path), 'utf8')));
  });
}

function keysIn(path: string, source: string): UsedKey[] {
  return [...source.matchAll(call)].map((match) => ({
    key: match[1] ?? '',
    path,
    line: source.slice(0, match.index).split('\n').length,
  }));
}
