/** Packs what draw.py made: node pack.mjs PAGES-DIRECTORY pages.json. Each page is 256 pictures, compressed with brotli, in base64. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const [source = '', target = ''] = process.argv.slice(2);
const options = {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 18 },
};
const pages = Object.fromEntries(
  readdirSync(source)
    .toSorted()
    .map((name) => [
      name.replace('.bin', ''),
      brotliCompressSync(readFileSync(join(source, name)), options).toString('base64'),
    ]),
);
writeFileSync(target, `${JSON.stringify(pages, undefined, 2)}\n`);
