import type { Describe, LineDescription } from '../../src/devices/conformance/description.ts';
import manifest from './manifest.json' with { type: 'json' };
import people from './people.json' with { type: 'json' };
import type { SamProfile } from './profile.ts';
import { profileNamed } from './profile.ts';

const card = ({ name, idNumber }: typeof people.zhang, key: string) => ({
  lay: { card: key },
  person: { name, idNumber },
});

/** Where there is no bridge with a line, a frame has its reports for itself. */
const framings: Readonly<Record<NonNullable<SamProfile['framing']>, Pick<LineDescription, 'hid' | 'keepsReports'>>> = {
  'unnumbered-64': { hid: { kind: 'unnumbered-64' }, keepsReports: true },
  'length-prefixed-64': { hid: { kind: 'length-prefixed-64' }, keepsReports: true },
  numbered: { hid: { kind: 'numbered', output: 4, input: 2 }, keepsReports: true },
  ch9325: { hid: { kind: 'ch9325', baudRate: 9_600 } },
  cp2110: { hid: { kind: 'cp2110', baudRate: 115_200 } },
};

const framingOf = (profile: string): Pick<LineDescription, 'hid' | 'keepsReports'> => {
  const { framing } = profileNamed(profile);
  return framing ? framings[framing] : {};
};

export const conformance: Describe<'id-reader'> = (profile) => ({
  class: 'id-reader',
  manifest,
  answersProbe: true,
  personal: [people.zhang, people.li].flatMap(({ name, idNumber, address }) => [name, idNumber, address]),
  line: {
    baudRate: 115_200,
    ...framingOf(profile),
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
