import { isIdNumberValid } from '../../src/domain/id-number.ts';
import type { CardPerson } from '../../src/domain/identity.ts';
import { cardPerson } from '../../src/domain/identity.ts';
import { readColumn } from './card-data.ts';

/**
 * The 256-byte text block of a card (GA/T 490): UTF-16LE columns at fixed offsets, filled up with spaces. The character
 * at 248 tells the card type. Offsets below are in bytes. Columns that nobody asks for (permit number, issue and
 * change counts, country, accepting authority, version, old card) are passed over; the README lists them.
 */
const TEXT_BYTES = 256;
const TYPE_OFFSET = 248;
/** 01 to 56, 97 其他, 98 外国血统中国籍人士 (GB 3304). */
const NATION = /^(?:0[1-9]|[1-4]\d|5[0-6]|9[78])$/;
const FOREIGNER_2017_NUMBER = /^[A-Z]{3}\d{12}$/;

/** Nothing when the block is not one of a card this terminal knows. */
export function readCardText(block: Uint8Array): CardPerson | undefined {
  if (block.length !== TEXT_BYTES) return undefined;
  const parsed = cardPerson.safeParse(readColumns(new Columns(block)));
  return parsed.success && !hasControlCharacters(parsed.data) ? parsed.data : undefined;
}

/** The columns as they stand; whether dates are dates is left to the schema. */
function readColumns(text: Columns) {
  switch (text.at(TYPE_OFFSET, 2)) {
    case 'J':
      return text.mainland('hk-macau-taiwan');
    case 'I':
      return text.foreigner2017();
    case 'Y':
      return text.foreigner2023();
    default:
      return text.mainland('resident');
  }
}

class Columns {
  readonly #block: Uint8Array;

  constructor(block: Uint8Array) {
    this.#block = block;
  }

  at(offset: number, bytes: number): string {
    return readColumn(this.#block.subarray(offset, offset + bytes));
  }

  #date(offset: number): string {
    return this.at(offset, 16).replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  }

  #end(offset: number): string {
    const date = this.#date(offset);
    return date === '长期' ? 'long-term' : date;
  }

  /** Resident card and residence permit of Hong Kong, Macau and Taiwan: same columns, the permit's 民族 is blank. */
  mainland(kind: 'resident' | 'hk-macau-taiwan') {
    const nation = this.at(32, 4);
    const idNumber = this.at(122, 36);
    return {
      kind,
      name: this.at(0, 30),
      sex: this.at(30, 2),
      nation: NATION.test(nation) ? nation : undefined,
      birth: this.#date(36),
      address: this.at(52, 70) || undefined,
      idNumber,
      issuer: this.at(158, 30) || undefined,
      validFrom: this.#date(188),
      validTo: this.#end(204),
      idNumberValid: isIdNumberValid(idNumber),
    };
  }

  /** Foreigner's permanent residence card, 2017 edition; its Chinese name may be blank. */
  foreigner2017() {
    const idNumber = this.at(122, 30);
    return {
      kind: 'foreigner-2017',
      name: this.at(158, 30) || this.at(0, 120),
      sex: this.at(120, 2),
      birth: this.#date(220),
      idNumber,
      validFrom: this.#date(188),
      validTo: this.#end(204),
      // Three letters of the country and twelve digits: GB 11643 does not apply, only the shape can be checked.
      idNumberValid: FOREIGNER_2017_NUMBER.test(idNumber),
    };
  }

  /** Foreigner's permanent residence card, 2023 edition; the English name goes on at 220. */
  foreigner2023() {
    const idNumber = this.at(122, 36);
    return {
      kind: 'foreigner-2023',
      name: this.at(0, 30) || this.at(52, 70) + this.at(220, 22),
      sex: this.at(30, 2),
      birth: this.#date(36),
      idNumber,
      validFrom: this.#date(188),
      validTo: this.#end(204),
      idNumberValid: isIdNumberValid(idNumber),
    };
  }
}

/** What a reader sends is input from outside: a card has no control characters, so a text with one is not from a card. */
function hasControlCharacters(person: CardPerson): boolean {
  return Object.values(person).some((value) => typeof value === 'string' && /\p{Cc}/u.test(value));
}
