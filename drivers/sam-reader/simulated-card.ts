import { z } from 'zod';
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
});
export type SimulatedCard = z.infer<typeof simulatedCard>;

const TEXT_BYTES = 256;
const PHOTO_BYTES = 1_024;
const SPACE = 0x20;

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

/** The data part of the answer to `30 01`: both lengths, the text block, a photo of zeros. */
export function encodeTextAndPhoto(card: SimulatedCard): Uint8Array {
  const data = new Uint8Array(4 + TEXT_BYTES + PHOTO_BYTES);
  const view = new DataView(data.buffer);
  view.setUint16(0, TEXT_BYTES);
  view.setUint16(2, PHOTO_BYTES);
  data.set(encodeCardText(card), 4);
  return data;
}

/** The opposite of `readCardText`, with the columns of GA/T 490. */
export function encodeCardText(card: SimulatedCard): Uint8Array {
  const block = new DataView(new ArrayBuffer(TEXT_BYTES));
  for (let offset = 0; offset < TEXT_BYTES; offset += 2) block.setUint16(offset, SPACE, true);
  for (const [offset, bytes, text] of columnsOf(card)) {
    if (text.length * 2 > bytes) throw new RangeError(`"${text}" does not fit into ${bytes} bytes`);
    for (let index = 0; index < text.length; index += 1) {
      block.setUint16(offset + index * 2, text.charCodeAt(index), true);
    }
  }
  return new Uint8Array(block.buffer);
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
      return [...head, [52, 70, card.address], [158, 30, card.issuer], [248, 2, 'J']];
    case 'foreigner-2023':
      return [...head, [52, 70, card.englishName.slice(0, 35)], [220, 22, card.englishName.slice(35)], [248, 2, 'Y']];
    case 'foreigner-2017':
      break;
  }
  return [
    [0, 120, card.englishName],
    [120, 2, card.sex],
    [122, 30, card.idNumber],
    [158, 30, card.name],
    ...end,
    [220, 16, card.birth],
    [248, 2, 'I'],
  ];
}
