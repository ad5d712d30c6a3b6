import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { z } from 'zod';

import { readHolidayTable } from '../../src/domain/calendar/holiday-table.ts';
import { makeCalendar, type WorkingCalendar } from '../../src/domain/calendar/working-days.ts';
import {
  certificateType,
  changeNotice,
  proofLists,
  region,
  type CatalogueLists,
  type ChangeNotice,
} from '../../src/domain/catalogue/lists.ts';
import { cataloguePack } from '../../src/domain/catalogue/pack.ts';
import { catalogueItem, type CatalogueItem } from '../../src/domain/item.ts';

const resources = join(import.meta.dirname, '../../resources');
const listFolder = join(resources, 'catalogue/lists');

/** Something that cannot be read, in words for the person at the terminal. */
export class Unreadable extends Error {}

/** The items of a pack or of a folder with everything below it, in the order of the files. */
export async function readItems(path: string): Promise<CatalogueItem[]> {
  const kind = await stat(path).catch(() => undefined);
  if (!kind) throw new Unreadable(`${path}: not there`);
  if (!kind.isDirectory()) return parse(cataloguePack, await readJson(path), path).items;
  return itemsIn(path, true);
}

/** Only the files of the folder itself: one region's catalogue. */
export function readRegion(path: string): Promise<CatalogueItem[]> {
  return path.endsWith('.json') ? readItems(path) : itemsIn(path, false);
}

async function itemsIn(folder: string, below: boolean): Promise<CatalogueItem[]> {
  const names = await readdir(folder, { recursive: below }).catch(() => {
    throw new Unreadable(`${folder}: not there`);
  });
  const files = names
    .filter((name) => name.endsWith('.json') && basename(join(folder, name, '..')) !== 'lists')
    .toSorted();
  if (files.length === 0) throw new Unreadable(`${folder}: no item files`);
  return Promise.all(files.map(async (name) => parse(catalogueItem, await readJson(join(folder, name)), name)));
}

export async function readLists(): Promise<CatalogueLists> {
  const [certificates, proofs, regions] = await Promise.all(
    ['certificates.json', 'proofs.json', 'regions.json'].map((name) => readJson(join(listFolder, name))),
  );
  return {
    certificates: parse(z.array(certificateType), certificates, 'certificates.json'),
    proofs: parse(proofLists, proofs, 'proofs.json'),
    regions: parse(z.array(region), regions, 'regions.json'),
  };
}

export async function readNotices(path = join(listFolder, 'changes.json')): Promise<ChangeNotice[]> {
  return parse(z.array(changeNotice), await readJson(path), path);
}

export async function readCalendar(): Promise<WorkingCalendar> {
  const folder = join(resources, 'calendar');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  const tables = await Promise.all(names.map(async (name) => readHolidayTable(await readJson(join(folder, name)))));
  return makeCalendar(
    tables.map((table) => {
      if (!table.ok) throw new Unreadable(`${folder}: ${table.reason}`);
      return table.value;
    }),
  );
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new Unreadable(`${path}: ${error instanceof Error ? error.message : 'unreadable'}`);
  }
}

function parse<T>(schema: z.ZodType<T>, value: unknown, path: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Unreadable(`${relative('.', path)}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not readable'}`);
}
