import type { CardPerson } from '../../src/domain/identity.ts';

/**
 * What a text block of 256 bytes says by the table of GA/T 490, read without the driver. `kind` is what the driver took the card
 * for; the place of each word is in characters of two bytes, and its length.
 */
export function cardDoesNotSay(block: Buffer, person: CardPerson): string | undefined {
  if (block.length !== 2 * BLOCK_CHARACTERS) return 'a block of another length';
  const text = block.toString('utf16le');
  const kind = kinds[text.slice(TYPE_AT, TYPE_AT + 1)] ?? 'resident';
  if (kind !== person.kind) return 'another kind of card';
  const columns = columnsOf[kind];
  const word = (name: Column): string => {
    const [at, length] = columns[name] ?? [0, 0];
    return text.slice(at, at + length).replace(/[ \0]+$/u, '');
  };
  const name = word('name') || word('englishName') + word('moreEnglishName');
  const said: readonly (readonly [string, string | undefined])[] = [
    [name, person.name],
    [word('sex'), person.sex],
    [word('birth'), withoutDashes(person.birth)],
    [word('address'), person.address ?? ''],
    [word('idNumber'), person.idNumber],
    [word('issuer'), person.issuer ?? ''],
    [word('validFrom'), withoutDashes(person.validFrom)],
    [word('validTo'), person.validTo === 'long-term' ? '长期' : withoutDashes(person.validTo)],
    [person.nation === undefined ? '' : word('nation'), person.nation ?? ''],
  ];
  const wrong = said.find(([written, read]) => written !== read);
  return wrong && `the card says ${JSON.stringify(wrong[0])}, it was read as ${JSON.stringify(wrong[1])}`;
}

const withoutDashes = (date: string): string => date.replaceAll('-', '');

const BLOCK_CHARACTERS = 128;
const TYPE_AT = 124;
const kinds: Readonly<Record<string, CardPerson['kind']>> = {
  I: 'foreigner-2017',
  J: 'hk-macau-taiwan',
  Y: 'foreigner-2023',
};

type Column =
  | 'name'
  | 'englishName'
  | 'moreEnglishName'
  | 'sex'
  | 'nation'
  | 'birth'
  | 'address'
  | 'idNumber'
  | 'issuer'
  | 'validFrom'
  | 'validTo';
type Columns = Readonly<Partial<Record<Column, readonly [at: number, characters: number]>>>;

const dates: Columns = { validFrom: [94, 8], validTo: [102, 8] };
const mainland: Columns = {
  ...dates,
  name: [0, 15],
  sex: [15, 1],
  nation: [16, 2],
  birth: [18, 8],
  address: [26, 35],
  idNumber: [61, 18],
  issuer: [79, 15],
};
const columnsOf: Readonly<Record<CardPerson['kind'], Columns>> = {
  resident: mainland,
  'hk-macau-taiwan': mainland,
  'foreigner-2017': {
    ...dates,
    englishName: [0, 60],
    sex: [60, 1],
    idNumber: [61, 15],
    name: [79, 15],
    birth: [110, 8],
  },
  'foreigner-2023': {
    ...dates,
    name: [0, 15],
    sex: [15, 1],
    birth: [18, 8],
    englishName: [26, 35],
    idNumber: [61, 18],
    moreEnglishName: [110, 11],
  },
};
