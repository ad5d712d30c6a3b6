/** Characters by syllable, in plain letters (ü as v): `first` the usual reading of each, `other` its other ones. */
export interface ReadingTable {
  readonly first: Readonly<Record<string, string>>;
  readonly other: Readonly<Record<string, string>>;
}

/** One way to type a character. */
export interface Way {
  readonly letters: string;
  /** `usual`: its syllable; `blurred`: a syllable that is taken for it; `initial`: the first letters alone. */
  readonly kind: 'usual' | 'blurred' | 'initial';
}

/** One character of a text with what the search knows of it. A digit or Latin letter has no sound and is typed as it stands. */
export interface Unit {
  readonly character: string;
  /** Its syllables, each as a number that syllables people mix up share: zh and z, ch and c, sh and s, n and l, -ng and -n. */
  readonly sounds: readonly number[];
  /** As itself first, then as its usual syllable if it has one. */
  readonly ways: readonly [Way, ...Way[]];
}

const pairs: readonly (readonly [RegExp, string])[] = [
  [/^zh/, 'z'],
  [/^ch/, 'c'],
  [/^sh/, 's'],
  [/^z(?!h)/, 'zh'],
  [/^c(?!h)/, 'ch'],
  [/^s(?!h)/, 'sh'],
  [/^l/, 'n'],
  [/^n/, 'l'],
];

/** Knows how characters are read. Units are made once for each character and shared by all texts. */
export class Readings {
  readonly #syllables = new Map<string, string[]>();
  readonly #units = new Map<string, Unit>();
  readonly #sounds = new Map<string, number>();

  constructor({ first, other }: ReadingTable) {
    for (const table of [first, other]) {
      for (const [syllable, characters] of Object.entries(table)) {
        for (const character of characters) {
          this.#syllables.set(character, [...(this.#syllables.get(character) ?? []), syllable]);
        }
      }
    }
  }

  /** The UTF-16 units of a text in the form of `plainText`: a rare character beyond them is two, and has no sound. */
  unitsOf(plain: string): Unit[] {
    return Array.from({ length: plain.length }, (_each, at) => this.#unitOf(plain.charAt(at)));
  }

  #unitOf(character: string): Unit {
    const known = this.#units.get(character);
    if (known) return known;
    const syllables = this.#syllables.get(character) ?? [];
    const unit: Unit = {
      character,
      sounds: [...new Set(syllables.map((syllable) => this.#soundOf(syllable)))],
      ways: [{ letters: character, kind: 'usual' }, ...syllables.flatMap(waysOf)],
    };
    this.#units.set(character, unit);
    return unit;
  }

  #soundOf(syllable: string): number {
    const folded = fold(syllable);
    const sound = this.#sounds.get(folded) ?? this.#sounds.size;
    this.#sounds.set(folded, sound);
    return sound;
  }
}

function fold(syllable: string): string {
  return syllable
    .replace(/^([zcs])h/, '$1')
    .replace(/^l/, 'n')
    .replace(/ng$/, 'n');
}

function waysOf(syllable: string): Way[] {
  const starts = [
    syllable,
    ...pairs.flatMap(([from, to]) => (from.test(syllable) ? [syllable.replace(from, to)] : [])),
  ];
  const whole = starts.flatMap((start) => [start, ...endings(start)]);
  const initials = new Set([syllable.charAt(0), ...(/^[zcs]h/.exec(syllable) ?? [])]);
  return [
    ...whole.map((letters, place): Way => ({ letters, kind: place === 0 ? 'usual' : 'blurred' })),
    ...[...initials].map((letters): Way => ({ letters, kind: 'initial' })),
  ];
}

/** -ng for -n and -n for -ng; u for ü. */
function endings(syllable: string): string[] {
  if (/[aei]ng$/.test(syllable)) return [syllable.slice(0, -1)];
  if (/[aei]n$/.test(syllable)) return [`${syllable}g`];
  return /v/.test(syllable) ? [syllable.replace('v', 'u')] : [];
}
