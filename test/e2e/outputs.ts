import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Every form in which a word can lie in a file. */
function formsOf(word: string): Buffer[] {
  const utf8 = Buffer.from(word);
  // A run of base64 looks the same only from a multiple of three bytes on: three ways to begin, without the ends.
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), utf8]).toString('base64');
    return Buffer.from(text.slice(shift === 0 ? 0 : 4, Math.floor(((shift + utf8.length) * 8) / 6) - 1));
  });
  return [utf8, Buffer.from(word, 'utf16le'), Buffer.from(encodeURIComponent(word)), ...base64].filter(
    (form) => form.length >= 6,
  );
}

/** Where any of the words stands below a folder: in the bytes of a file, or in its name. */
export async function findWords(folder: string, words: readonly string[]): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    // Chromium's own files come and go while it runs.
    const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return Buffer.alloc(0);
      throw error;
    });
    for (const word of words)
      if (path.includes(word) || formsOf(word).some((form) => bytes.includes(form))) found.push(`${word} in ${path}`);
  }
  return found;
}
