import type { StatusView } from '../../../contract/visit-view.ts';
import { ratingLevels } from '../../../domain/rating-levels.ts';

/**
 * What the page says of the pad. Levels that the pad has no key for are not named: a level that is spoken of is one that
 * somebody is led to.
 */
export function leadOf(status: StatusView | undefined): 'rating.lead' | 'rating.leadPartly' | 'rating.leadScreen' {
  const pad = status?.devices.find(({ class: kind, state }) => kind === 'rating-pad' && state === 'ready');
  if (!pad) return 'rating.leadScreen';
  const levels = pad.levels ?? [];
  return ratingLevels.every((level) => levels.includes(level)) ? 'rating.lead' : 'rating.leadPartly';
}
