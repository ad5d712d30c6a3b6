import type { Describe } from '../../src/devices/conformance/description.ts';
import manifest from './manifest.json' with { type: 'json' };
import people from './people.json' with { type: 'json' };

const card = ({ name, idNumber }: typeof people.zhang, key: string) => ({
  lay: { card: key },
  person: { name, idNumber },
});

export const conformance: Describe<'id-reader'> = () => ({
  class: 'id-reader',
  manifest,
  answersProbe: true,
  personal: [people.zhang, people.li].flatMap(({ name, idNumber, address }) => [name, idNumber, address]),
  line: {
    baudRate: 115_200,
    falsePreambles: ['AA', 'AAAAAA96', 'AAAAAA9669', 'AAAAAA9669FFFF', 'AAAAAA96690002', 'AAAAAA96690040'],
    lengthAt: 6,
    checksumAt: -1,
  },
  cards: [card(people.zhang, 'zhang'), card(people.li, 'li')],
  takeAway: { card: null },
  faults: [
    { act: [{ fault: 'removed-while-reading' }], undo: [{ fault: 'none' }], reason: 'card-removed' },
    { act: [{ fault: 'read-failed' }], undo: [{ fault: 'none' }], reason: 'card-unreadable' },
    { act: [{ fault: 'wrong-checksum' }], undo: [{ fault: 'none' }], reason: 'card-unreadable' },
    { act: [{ fault: 'silent' }], undo: [{ fault: 'none' }], reason: 'reader-silent' },
  ],
});
