import type { ConformanceOf, Describe } from '../../src/devices/conformance/description.ts';
import manifest from './manifest.json' with { type: 'json' };

const board: ConformanceOf<'cue-lamps'> = {
  class: 'cue-lamps',
  manifest,
  answersProbe: false,
  personal: [],
  faults: [],
  line: { baudRate: 9_600, falsePreambles: ['49', '4928', '492830302C30312C'] },
  // The board knows no steady light.
  lit: (slot, state) => ({ event: 'told', slot, state: state === 'off' ? 'off' : 'blink' }),
  come: { presence: 'present' },
  go: { presence: 'gone' },
};

export const conformance: Describe<'cue-lamps'> = () => board;
