import type { ServiceName, StatusView } from '../../../contract/visit-view.ts';

/** `id-reader`, `platform`: what is missing. `here-not`: this kiosk does not offer it. `now-not`: it does, but not now. */
export type TileState = 'works' | 'id-reader' | 'platform' | 'now-not' | 'here-not';

/** What a tile of the home page says, from what core says about its service. */
export function tileState(status: StatusView | undefined, service: ServiceName | undefined): TileState {
  if (service === undefined) return 'here-not';
  const found = status?.services.find((entry) => entry.service === service);
  if (!found) return 'now-not';
  return found.available ? 'works' : (found.why ?? 'now-not');
}
