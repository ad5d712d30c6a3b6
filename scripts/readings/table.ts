import { pinyin } from 'pinyin-pro';

/** Characters by syllable, in plain letters (ü as v): `first` the usual reading of each, `other` its other ones. */
export interface ReadingTable {
  readonly first: Readonly<Record<string, string>>;
  readonly other: Readonly<Record<string, string>>;
}

/** The readings of all characters of GB 2312-80, as pinyin-pro gives them. */
export function readingTable(): ReadingTable {
  const first = new Map<string, string>();
  const other = new Map<string, string>();
  for (const character of gb2312()) {
    const readings = pinyin(character, { multiple: true, type: 'array', toneType: 'none', v: true });
    for (const [place, syllable] of readings.entries()) {
      if (!/^[a-z]+$/.test(syllable)) throw new Error(`${character} has the reading "${syllable}"`);
      const into = place === 0 ? first : other;
      into.set(syllable, `${into.get(syllable) ?? ''}${character}`);
    }
  }
  return { first: sorted(first), other: sorted(other) };
}

/** Rows 16 to 87 of the set are its characters, by use and then by radical. */
function gb2312(): string[] {
  const decoder = new TextDecoder('gb2312', { fatal: true });
  const characters: string[] = [];
  for (let row = 0xb0; row <= 0xf7; row += 1) {
    // Row 55 ends early: five places are empty in the standard.
    const last = row === 0xd7 ? 0xf9 : 0xfe;
    for (let cell = 0xa1; cell <= last; cell += 1) characters.push(decoder.decode(Uint8Array.of(row, cell)));
  }
  return characters;
}

function sorted(syllables: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries([...syllables].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
