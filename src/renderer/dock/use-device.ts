import { useEffect, useState } from 'react';
import type { DockAction } from '../../contract/dock.ts';
import type { Parameters } from '../../domain/messages.ts';
import type { Control, Value } from './controls.ts';
import { hall } from './hall.ts';

/** How the things that stay are at a device, by control. */
type State = Readonly<Record<string, Value | undefined>>;

interface Happened {
  readonly name: string;
  readonly facts: Parameters;
}

/** How a simulated device is, as far as the dock set it or the simulator told it. */
export function useDevice(id: string, controls: readonly Control[]) {
  const [state, setState] = useState<State>(() =>
    Object.fromEntries(controls.map(({ key, initial }) => [key, initial])),
  );
  const [happened, setHappened] = useState<Happened>();
  const [refused, setRefused] = useState<string>();

  useEffect(
    () =>
      hall.onEvent(({ device, event }) => {
        if (device !== id) return;
        setState((before) => ({ ...before, ...toldBy(event, controls) }));
        setHappened({ name: String(event['event']), facts: factsOf(event) });
      }),
    [id, controls],
  );

  /** @param action when it is not what the control's key says */
  const act = (key: string, value: Value, action: DockAction = { [key]: value }): void => {
    void hall.act(id, action).then((why) => {
      setRefused(why);
      const stays = controls.some((control) => control.key === key && control.initial !== undefined);
      if (why === undefined && stays) setState((before) => ({ ...before, [key]: value }));
    });
  };
  return { state, happened, refused, act };
}

/** A simulator tells what has become of a thing by an entry named like its control: the roll ended, the card went. */
function toldBy(event: DockAction, controls: readonly Control[]): State {
  const told = controls.flatMap(({ key, choices, initial }) => {
    const choice = initial === undefined ? undefined : choices.find(({ value }) => value === event[key]);
    return choice ? [[key, choice.value] as const] : [];
  });
  return Object.fromEntries(told);
}

function factsOf(event: DockAction): Parameters {
  return Object.fromEntries(
    Object.entries(event).filter((entry): entry is [string, string | number] =>
      ['string', 'number'].includes(typeof entry[1]),
    ),
  );
}
