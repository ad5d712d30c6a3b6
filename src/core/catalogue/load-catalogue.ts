import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { done, refused, type Result } from '../../domain/result.ts';
import { Catalogue, type CatalogueText } from './catalogue.ts';

/**
 * Lists every `*.json` of a folder, and reads and checks as many as it takes to find one that is valid: the others follow when
 * they are asked for, or by {@link Catalogue.checkNext}. One broken file never takes the others down: it is left out and named.
 * `folder-unreadable`: no such folder, or no right to read it. `no-valid-item`: nothing left to offer; the detail names the
 * first broken file.
 */
export async function loadCatalogue(folder: string): Promise<Result<Catalogue, 'folder-unreadable' | 'no-valid-item'>> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    return refused('folder-unreadable', error instanceof Error ? error.message : folder);
  }
  const files = names.filter((name) => name.endsWith('.json')).toSorted();
  const catalogue = new Catalogue(files.map((name) => fileText(folder, name)));
  if (catalogue.hasValidItem()) return done(catalogue);
  const first = catalogue.leftOut[0];
  return refused('no-valid-item', first ? `${first.file}: ${first.problem}` : 'the folder has no item files');
}

/** Read when it is checked, and kept as it was then, whatever becomes of the file. */
function fileText(folder: string, name: string): CatalogueText {
  let bytes: Buffer | undefined;
  return {
    name,
    read: () => {
      bytes ??= readFileSync(join(folder, name));
      return bytes.toString('utf8');
    },
  };
}
