import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { done, refused, type Result } from '../../domain/result.ts';
import { CATALOGUE_FILES_AT_ONCE } from '../limits.ts';
import { Catalogue, type CatalogueText } from './catalogue.ts';

/**
 * Reads every `*.json` of a folder, some at a time, and checks as many as it takes to find one that is valid: the others are
 * checked when they are asked for, or by {@link Catalogue.checkNext}. One broken file never takes the others down: it is
 * left out and named. `folder-unreadable`: no such folder, or no right to read it. `no-valid-item`: nothing left to offer;
 * the detail names the first broken file.
 */
export async function loadCatalogue(folder: string): Promise<Result<Catalogue, 'folder-unreadable' | 'no-valid-item'>> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    return refused('folder-unreadable', error instanceof Error ? error.message : folder);
  }
  const files = names.filter((name) => name.endsWith('.json')).toSorted();
  const texts: CatalogueText[] = [];
  for (let read = 0; read < files.length; read += CATALOGUE_FILES_AT_ONCE) {
    const portion = files.slice(read, read + CATALOGUE_FILES_AT_ONCE);
    texts.push(...(await Promise.all(portion.map((name) => readText(folder, name)))));
  }
  const catalogue = new Catalogue(texts);
  if (catalogue.hasValidItem()) return done(catalogue);
  const first = catalogue.leftOut[0];
  return refused('no-valid-item', first ? `${first.file}: ${first.problem}` : 'the folder has no item files');
}

async function readText(folder: string, name: string): Promise<CatalogueText> {
  try {
    return { name, text: await readFile(join(folder, name), 'utf8') };
  } catch (error) {
    return { name, failure: error instanceof Error ? error.message : 'unreadable' };
  }
}
