import { expect, test } from 'vitest';
import type { StatusView } from '../../../contract/visit-view.ts';
import { ratingLevels } from '../../../domain/rating-levels.ts';
import { leadOf } from './lead.ts';

const withPad = (...pads: readonly Omit<StatusView['devices'][number], 'id' | 'class'>[]): StatusView => ({
  services: [],
  devices: pads.map((pad, index) => ({ id: `pad-${index}`, class: 'rating-pad', ...pad })),
  platform: 'reachable',
  waiting: 0,
  needsStaff: 0,
  notices: [],
});

test.each([
  ['nothing is known yet', undefined, 'rating.leadScreen'],
  ['there is no pad', withPad(), 'rating.leadScreen'],
  ['the pad cannot be used', withPad({ state: 'absent', levels: [...ratingLevels] }), 'rating.leadScreen'],
  ['the pad has a key for each level', withPad({ state: 'ready', levels: [...ratingLevels] }), 'rating.lead'],
  ['the pad has four keys', withPad({ state: 'ready', levels: ratingLevels.slice(0, 4) }), 'rating.leadPartly'],
  [
    'one of two pads can be used',
    withPad({ state: 'absent' }, { state: 'ready', levels: [...ratingLevels] }),
    'rating.lead',
  ],
])('when %s, the page says so and no more', (_, status, lead) => {
  expect(leadOf(status)).toBe(lead);
});
