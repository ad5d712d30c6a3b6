import iconv from 'iconv-lite';
import type { PrinterProfile } from './profile.ts';
import { INLINE_HEIGHT, inlinePicture } from './protocol.ts';

/**
 * One character as the printer gets it. A one-byte code takes one column, a two-byte code two: that is how wide the ROM glyphs are.
 * A character that the ROM has not is a picture in the line, as wide as it would be in print.
 */
export interface Glyph {
  readonly char: string;
  readonly bytes: Uint8Array;
  readonly columns: 1 | 2;
  /** Neither the printer nor the drawn characters have it; the geta mark stands in its place. */
  readonly missing: boolean;
  /** A picture, which comes in one size only. */
  readonly drawn?: true;
}

/** The picture of a character that printers lack, in columns of three bytes; undefined when nobody has drawn it. */
export type DrawRare = (char: string) => Uint8Array | undefined;

export type GlyphSet = PrinterProfile['glyphs'];

const GETA = '〓';

/**
 * Look-alikes for characters whose GB18030 code has four bytes: a printer without such glyphs shows the digits in those codes instead.
 * The dots are all in use in names of ethnic minorities.
 */
const lookAlikes: ReadonlyMap<string, string> = new Map([
  ['¥', '￥'],
  ['£', '￡'],
  ['\u2022', '·'],
  ['\u2027', '·'],
  ['\u22c5', '·'],
  ['\u30fb', '·'],
  ['\uff65', '·'],
  ['\u2212', '-'],
  ['\u2010', '-'],
  ['\u2011', '-'],
  ['\u00a0', ' '],
  ['\u2002', ' '],
  ['\u2003', '　'],
  ['\u2009', ' '],
  ['✓', '√'],
]);

/** Joiners, marks of direction and variation selectors: they have no width, and their base character is printed. */
const invisible = /^[\p{Cf}\p{Variation_Selector}\u2028\u2029]$/u;
const privateUse = /^[\p{Co}\p{Cs}\p{Cn}]$/u;

/** Those that were met already and that the printer has, by code point. */
const known: Readonly<Record<GlyphSet, Map<number, Glyph>>> = { gb18030: new Map(), gbk: new Map() };

/** A text without line breaks as glyphs. Control characters never reach the printer, where they would be commands: a space stands for each. */
export function glyphsOf(text: string, set: GlyphSet, rare?: DrawRare): Glyph[] {
  const glyphs: Glyph[] = [];
  const met = known[set];
  const whole = text.normalize('NFC');
  // By numbers: a string for each character would take longer than all the rest.
  for (let at = 0; at < whole.length;) {
    const code = whole.codePointAt(at) ?? 0;
    const glyph = met.get(code) ?? meet(code, set, rare);
    if (glyph) glyphs.push(glyph);
    at += code > 0xff_ff ? 2 : 1;
  }
  return glyphs;
}

/** So many times the same one-column character. */
export function repeated(char: string, times: number, set: GlyphSet): Glyph[] {
  const [glyph = mustEncode(char, set)] = glyphsOf(char, set);
  const glyphs: Glyph[] = [];
  for (let left = times; left > 0; left -= 1) glyphs.push(glyph);
  return glyphs;
}

/** Whether something in the text is not in the printer's ROM. */
export function lacksGlyphs(text: string, set: GlyphSet): boolean {
  return glyphsOf(text, set).some((glyph) => glyph.missing);
}

/** Nothing for what nobody sees. */
function meet(code: number, set: GlyphSet, rare: DrawRare | undefined): Glyph | undefined {
  const char = String.fromCodePoint(code);
  if (invisible.test(char)) return undefined;
  const glyph = encode(char, set);
  if (!glyph) return drawn(char, rare) ?? { ...mustEncode(GETA, set), missing: true };
  known[set].set(code, glyph);
  return glyph;
}

const BYTES_OF_HALF = (INLINE_HEIGHT / 8) * (INLINE_HEIGHT / 2);

function drawn(char: string, rare: DrawRare | undefined): Glyph | undefined {
  const picture = rare?.(char);
  if (!picture) return undefined;
  const columns = picture.length > BYTES_OF_HALF ? 2 : 1;
  return { char, bytes: inlinePicture(picture), columns, missing: false, drawn: true };
}

function encode(char: string, set: GlyphSet): Glyph | undefined {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return mustEncode(' ', set);
  if (privateUse.test(char)) return undefined;
  const bytes = new Uint8Array(iconv.encode(char, 'gb18030'));
  const [lead = 0, trail = 0] = bytes;
  if (bytes.length === 1) return { char, bytes, columns: 1, missing: false };
  if (bytes.length === 2 && (set === 'gb18030' || !addedByGb18030(lead, trail))) {
    return { char, bytes, columns: 2, missing: false };
  }
  const lookAlike = lookAlikes.get(char);
  return lookAlike === undefined ? undefined : encode(lookAlike, set);
}

function mustEncode(char: string, set: GlyphSet): Glyph {
  const glyph = encode(char, set);
  if (!glyph) throw new Error('the replacement itself has no glyph');
  return glyph;
}

/** Two-byte codes that GB18030 has and GBK has not: the euro sign, ǹ, and the characters from FE50h on. */
function addedByGb18030(lead: number, trail: number): boolean {
  if (lead === 0xa2 && trail === 0xe3) return true;
  if (lead === 0xa8 && trail === 0xbf) return true;
  return lead === 0xfe;
}
