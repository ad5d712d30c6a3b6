import type { Describe } from '../../src/devices/conformance/description.ts';
import manifest from './manifest.json' with { type: 'json' };

export const conformance: Describe<'document-scanner'> = () => ({
  class: 'document-scanner',
  manifest,
  answersProbe: true,
  personal: [],
  load: (pages) => ({ feeder: pages }),
  pages: 2,
  source: 'feeder',
  faults: [
    { act: [{ jam: true }], undo: [{ jam: false }], reason: 'jam' },
    { act: [{ cover: 'open' }], undo: [{ cover: 'closed' }], reason: 'cover-open' },
    { act: [{ fault: 'bomb' }], undo: [{ fault: 'none' }], reason: 'page-too-large' },
    { act: [{ fault: 'disconnect' }], undo: [{ fault: 'none' }], reason: 'scanner-absent' },
  ],
});
