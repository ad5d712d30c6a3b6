import { brotliDecompressSync } from 'node:zlib';
import type { DrawRare } from '../glyphs.ts';

/** The code point without the part that finds the picture on its page, as three digits. */
const pageOf = (code: number): string => (code >> 8).toString(16).padStart(3, '0');
const PICTURES_ON_A_PAGE = 256;

/** Reads the drawings, some 3.5 MB of text; a page of them is unpacked when its first character is asked for. */
export async function loadRare(): Promise<DrawRare> {
  const { default: packed } = await import('./pages.json', { with: { type: 'json' } });
  const packs = new Map<string, string>(Object.entries(packed));
  const pages = new Map<string, Uint8Array>();
  return (char) => {
    const code = char.codePointAt(0) ?? 0;
    const name = pageOf(code);
    const pack = packs.get(name);
    if (pack === undefined) return undefined;
    const page = pages.get(name) ?? new Uint8Array(brotliDecompressSync(Buffer.from(pack, 'base64')));
    pages.set(name, page);
    const length = page.length / PICTURES_ON_A_PAGE;
    const at = (code & 0xff) * length;
    const picture = page.subarray(at, at + length);
    return picture.some((column) => column !== 0) ? picture : undefined;
  };
}
