import type { ConformanceOf, Describe } from '../../src/devices/conformance/description.ts';
import manifest from './manifest.json' with { type: 'json' };

const common = { class: 'rating-pad', manifest, personal: [], faults: [], listening: { event: 'start' } } as const;

const profiles: Readonly<Record<string, ConformanceOf<'rating-pad'>>> = {
  'four-key-ff68': {
    ...common,
    answersProbe: false,
    line: {
      baudRate: 9_600,
      falsePreambles: ['FF', 'FF68', 'FF6803', 'FF680808', 'FF682020', 'FF68030468'],
      lengthAt: 2,
      checksumAt: -2,
    },
    presses: [
      { act: { press: 3 }, level: 'very-satisfied' },
      { act: { press: 0 }, level: 'dissatisfied' },
    ],
  },
  'five-key-aa55': {
    ...common,
    answersProbe: true,
    line: { baudRate: 9_600, falsePreambles: ['AA', 'AA55', 'AA5503', 'AA5508B0'], lengthAt: 2, checksumAt: -2 },
    presses: [
      { act: { press: 0x31 }, level: 'very-dissatisfied' },
      { act: { press: 0x35 }, level: 'very-satisfied' },
    ],
  },
};

/** Throws for a profile that is not described here. */
export const conformance: Describe<'rating-pad'> = (profile) => {
  const found = profiles[profile];
  if (!found) throw new Error(`nothing is known about ${profile}`);
  return found;
};
