import type { ServiceName, StatusView } from '../../../contract/visit-view.ts';

/**
 * `making-ready`: nobody knows yet whether it works; a press is taken all the same, and the step that needs it waits.
 * `id-reader`, `platform`: what is missing. `backlog`: too much waits to be sent. `numbers`: none is left for a case today. `here-not`: this kiosk does not offer it. `now-not`: it does, but not now.
 */
export type TileState =
  | 'works'
  | 'making-ready'
  | 'id-reader'
  | 'platform'
  | 'backlog'
  | 'numbers'
  | 'now-not'
  | 'here-not';

/** What a tile of the home page says, from what core says about its service. */
export function tileState(status: StatusView | undefined, service: ServiceName | undefined): TileState {
  if (service === undefined) return 'here-not';
  if (!status) return 'making-ready';
  const found = status.services.find((entry) => entry.service === service);
  if (!found) return 'now-not';
  return found.available ? 'works' : (found.why ?? 'now-not');
}

/** Whether a press leads on. */
export function isOpen(state: TileState): state is 'works' | 'making-ready' {
  return state === 'works' || state === 'making-ready';
}
