import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { locales } from '../../src/domain/messages.ts';
import { placeholders } from './placeholders.ts';
import { usedKeys } from './used-keys.ts';

const folder = 'resources/messages';
const catalogue = z.record(z.string(), z.unknown());

type Catalogue = ReadonlyMap<string, unknown>;

/** Checks the message catalogues of a checkout and the keys that its code names. */
export function checkMessages(root: string): { readonly keys: number; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const known = new Map<string, string>();
  for (const room of roomsIn(join(root, folder))) {
    const [chinese, ...others] = locales.map((locale) => ({
      name: `${room}.${locale}.json`,
      texts: read(root, room, locale),
    }));
    if (chinese === undefined) continue;
    for (const key of chinese.texts.keys()) {
      const earlier = known.get(key);
      if (earlier !== undefined) problems.push(`${chinese.name}: ${key} is in ${earlier} too`);
      known.set(key, chinese.name);
    }
    for (const other of [chinese, ...others]) problems.push(...compare(chinese, other));
  }
  for (const { key, path, line } of usedKeys(root)) {
    if (!known.has(key)) problems.push(`${path}:${line}: there is no message ${key}`);
  }
  return { keys: known.size, problems };
}

/** The catalogues are pairs like `page.zh-CN.json` and `page.en.json`; a room is there when either file is. */
function roomsIn(path: string): string[] {
  if (!existsSync(path)) return [];
  const rooms = readdirSync(path).map((name) => /^(.+)\.[^.]+\.json$/.exec(name)?.[1]);
  return [...new Set(rooms.filter((room) => room !== undefined))].toSorted();
}

function read(root: string, room: string, locale: string): Catalogue {
  const file = join(root, folder, `${room}.${locale}.json`);
  if (!existsSync(file)) return new Map();
  const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return new Map(Object.entries(catalogue.parse(content)));
}

type Named = { readonly name: string; readonly texts: Catalogue };

/** What is wrong in `other`, seen from the Chinese catalogue, which is the source of the keys and may be the same one. */
function compare(chinese: Named, other: Named): string[] {
  const problems: string[] = [];
  for (const [key, source] of chinese.texts) {
    const text = other.texts.get(key);
    if (text === undefined) problems.push(`${other.name}: ${key} is missing`);
    else if (typeof text !== 'string' || text.trim() === '') problems.push(`${other.name}: ${key} has no text`);
    else {
      const wanted = typeof source === 'string' ? placeholders(source) : undefined;
      const found = placeholders(text);
      if (!found.ok) problems.push(`${other.name}: ${key} cannot be read: ${found.reason}`);
      else if (wanted?.ok === true && wanted.names.join() !== found.names.join()) {
        problems.push(
          `${other.name}: ${key} asks for {${found.names.join(', ')}}, the Chinese for {${wanted.names.join(', ')}}`,
        );
      }
    }
  }
  for (const key of other.texts.keys())
    if (!chinese.texts.has(key)) problems.push(`${other.name}: ${key} has no Chinese`);
  return problems;
}
