import type { Describe } from '../../src/devices/conformance/description.ts';
import manifest from './manifest.json' with { type: 'json' };

export const conformance: Describe<'document-scanner'> = () => ({
  class: 'document-scanner',
  manifest,
  answersProbe: true,
  personal: [],
  load: (pages) => ({ page: pages }),
  pages: 1,
  source: 'platen',
  faults: [
    { act: [{ camera: 'unplugged' }], undo: [{ camera: 'plugged' }], reason: 'scanner-absent' },
    { act: [{ fault: 'refusal' }], undo: [{ fault: 'none' }], reason: 'scanner-fault' },
    { act: [{ fault: 'disconnect' }], undo: [{ fault: 'none' }], reason: 'scanner-absent' },
  ],
});
