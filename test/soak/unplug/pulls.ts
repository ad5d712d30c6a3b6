import type { DeviceClass } from '../../../src/contract/device-classes.ts';
import type { GoesOn, Hands } from './hands.ts';
import { hands } from './hands.ts';
import type { Place } from './place.ts';

export const pulledIn = ['opening', 'probing', 'ready', 'busy', 'faulty', 'disabled'] as const;
export type PulledIn = (typeof pulledIn)[number];

/** Brings a device into a state and pulls its plug there. */
type Pull = (place: Place, id: DeviceClass, count: number) => Promise<GoesOn | undefined>;

/** A service has no line that could break: that it is gone is only seen when it is asked. */
const gone = (id: DeviceClass) => (id === 'document-scanner' ? 'faulty' : 'absent');

async function disabled(place: Place, id: DeviceClass): Promise<void> {
  await place.client.devices.disable({ id, reason: 'cycle' });
  await place.until(id, ['disabled']);
}

const pulls: Readonly<Record<PulledIn, Pull>> = {
  async opening(place, id, count) {
    await disabled(place, id);
    const pulling = place.act(id, { unplug: true });
    // By turns a port that goes before it is opened, and one that goes while it is.
    if (count % 2 === 0) await pulling;
    await Promise.all([place.client.devices.enable({ id }), pulling]);
    await place.until(id, [gone(id)]);
    return undefined;
  },
  async probing(place, id) {
    await disabled(place, id);
    await place.script(id, { do: { mute: 'both' } });
    await place.client.devices.enable({ id });
    await place.until(id, ['probing']);
    await place.act(id, { unplug: true });
    await place.until(id, [gone(id)]);
    await place.script(id, { do: { clear: true } });
    return undefined;
  },
  async ready(place, id, count) {
    await place.act(id, { unplug: true });
    if (id === 'document-scanner') await hands[id].use(place, count).catch(() => undefined);
    await place.until(id, [gone(id)]);
    return undefined;
  },
  async busy(place, id, count) {
    const goesOn = await hands[id].pullInUse(place, count);
    await place.until(id, [gone(id)]);
    return goesOn;
  },
  async faulty(place, id) {
    const { trouble } = hands[id];
    if (!trouble) throw new Error(`nothing makes ${id} faulty`);
    await disabled(place, id);
    await place.act(id, trouble.act);
    await place.client.devices.enable({ id });
    await place.until(id, ['faulty']);
    await place.act(id, { unplug: true });
    await place.until(id, [gone(id)]);
    await place.act(id, trouble.undo);
    return undefined;
  },
  async disabled(place, id) {
    await disabled(place, id);
    await place.act(id, { unplug: true });
    return undefined;
  },
};

/** A device that answers nothing is well as soon as its line is open: it is never long in question, and never known to be unwell. */
const tells = ({ trouble }: Hands): boolean => trouble !== undefined;

export const statesOf = (id: DeviceClass): readonly PulledIn[] =>
  pulledIn.filter((state) => tells(hands[id]) || (state !== 'probing' && state !== 'faulty'));

export const pull = (place: Place, id: DeviceClass, state: PulledIn, count: number): ReturnType<Pull> =>
  pulls[state](place, id, count);
