import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { catalogueItem, type CatalogueItem } from '../../../src/domain/item.ts';

const folder = join(import.meta.dirname, '../../../resources/catalogue');

/** The items of the sample catalogue. */
export async function sampleItems(): Promise<CatalogueItem[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.map((text) => catalogueItem.parse(JSON.parse(text)));
}

/**
 * As many items as wanted, made from samples: each with a code of its own, and with names that begin like its sample's, end
 * like another's and have two characters in between that no two of a kind share, so that a search has all of them to tell
 * apart. Always the same for the same samples.
 */
export function manyItems(samples: readonly CatalogueItem[], count: number): CatalogueItem[] {
  const names = samples.flatMap(({ name, alsoCalled }) => [name, ...alsoCalled]);
  const characters = [...new Set(names.flatMap((name) => Array.from(name)))];
  let turn = 0;
  const mixed = (name: string): string => {
    turn += 1;
    const other = pick(names, turn * 31);
    const between = pick(characters, turn) + pick(characters, Math.floor(turn / characters.length) * 7 + turn * 3);
    return name.slice(0, Math.ceil(name.length / 2)) + between + other.slice(Math.floor(other.length / 2));
  };
  return Array.from({ length: count }, (_each, serial) => {
    const sample = pick(samples, serial);
    const code = sample.code.slice(0, -SERIAL_DIGITS) + String(serial).padStart(SERIAL_DIGITS, '0');
    // Whatever else repeats the code, as 办理项 do, follows it.
    const item = catalogueItem.parse(JSON.parse(JSON.stringify(sample).replaceAll(sample.code, code)));
    return { ...item, name: mixed(sample.name), alsoCalled: sample.alsoCalled.map(mixed) };
  });
}

/** Of a code, behind source and type. */
const SERIAL_DIGITS = 8;

function pick<T>(list: readonly T[], place: number): T {
  const one = list[place % list.length];
  if (one === undefined) throw new Error('there is nothing to pick from');
  return one;
}
