import { z } from 'zod';
import type { CardParts } from './card-data.ts';
import { encodeColumn } from './card-data.ts';
import people from './people.json' with { type: 'json' };

/** A made-up person as the simulated card holds it: dates are YYYYMMDD, as on the wire. */
const simulatedCard = z.strictObject({
  kind: z.enum(['resident', 'hk-macau-taiwan', 'foreigner-2017', 'foreigner-2023']),
  name: z.string(),
  englishName: z.string().default(''),
  sex: z.string(),
  nation: z.string().default(''),
  birth: z.string(),
  address: z.string().default(''),
  idNumber: z.string(),
  issuer: z.string().default(''),
  validFrom: z.string(),
  validTo: z.string(),
  /** Written to the card after it was made. */
  newestAddress: z.string().default(''),
  /** How many templates are on it. */
  fingers: z.literal([0, 1, 2]).default(2),
  /** Columns that no terminal asks for, as real cards have them. */
  permitNumber: z.string().default(''),
  issueCount: z.string().default(''),
  changeCount: z.string().default(''),
  country: z.string().default(''),
  version: z.string().default(''),
  authority: z.string().default(''),
  oldCard: z.string().default(''),
});
export type SimulatedCard = z.infer<typeof simulatedCard>;

const TEXT_BYTES = 256;
const PHOTO_BYTES = 1_024;
const FINGERPRINT_BYTES = 512;

/** Their names, as `card` of an action. */
export const simulatedCardNames: readonly string[] = Object.keys(people);

export function findSimulatedCard(name: string): SimulatedCard | undefined {
  const found = Object.entries(people).find(([key]) => key === name);
  return found && simulatedCard.parse(found[1]);
}

/** The first person of people.json with such a card. */
export function madeUpCard(kind: SimulatedCard['kind']): SimulatedCard {
  const found = Object.values(people).find((card) => card.kind === kind);
  if (!found) throw new Error(`nobody has a card of the kind ${kind}`);
  return simulatedCard.parse(found);
}

/** What the card gives. Photo and fingerprints are no real ones: bytes that are easy to find again. */
export function partsOfCard(card: SimulatedCard, fingers?: 0 | 1 | 2): CardParts {
  const parts = { text: encodeCardText(card), photo: new Uint8Array(PHOTO_BYTES).fill(0x57) };
  return fingers === undefined
    ? parts
    : { ...parts, fingerprints: new Uint8Array(fingers * FINGERPRINT_BYTES).fill(0x46) };
}

/** The opposite of `readCardText`, with the columns of GA/T 490. */
export function encodeCardText(card: SimulatedCard): Uint8Array {
  const block = encodeColumn('', TEXT_BYTES);
  for (const [offset, bytes, text] of columnsOf(card)) block.set(encodeColumn(text, bytes), offset);
  return block;
}

type Column = readonly [offset: number, bytes: number, text: string];

function columnsOf(card: SimulatedCard): readonly Column[] {
  const end: readonly Column[] = [
    [188, 16, card.validFrom],
    [204, 16, card.validTo],
  ];
  const head: readonly Column[] = [
    [0, 30, card.name],
    [30, 2, card.sex],
    [32, 4, card.nation],
    [36, 16, card.birth],
    [122, 36, card.idNumber],
    ...end,
  ];
  switch (card.kind) {
    case 'resident':
      return [...head, [52, 70, card.address], [158, 30, card.issuer]];
    case 'hk-macau-taiwan':
      return [
        ...head,
        [52, 70, card.address],
        [158, 30, card.issuer],
        [220, 18, card.permitNumber],
        [238, 4, card.issueCount],
        [248, 2, 'J'],
      ];
    case 'foreigner-2023':
      return [
        ...head,
        [32, 4, card.changeCount],
        [52, 70, card.englishName.slice(0, 35)],
        [220, 22, card.englishName.slice(35)],
        [242, 6, card.country],
        [248, 2, 'Y'],
        [250, 6, card.oldCard],
      ];
    case 'foreigner-2017':
      break;
  }
  return [
    [0, 120, card.englishName],
    [120, 2, card.sex],
    [122, 30, card.idNumber],
    [152, 6, card.country],
    [158, 30, card.name],
    ...end,
    [220, 16, card.birth],
    [236, 4, card.version],
    [240, 8, card.authority],
    [248, 2, 'I'],
  ];
}
