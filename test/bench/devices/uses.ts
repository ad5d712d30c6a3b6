import type { DeviceEvent } from '../../../scripts/hall/simulators.ts';
import type { LampAnswer } from '../../../src/contract/device-api.ts';
import type { DeviceClient } from '../../fixtures/device-process.ts';
import { ticketDocument } from './ticket.ts';

/** What a person does at a device's simulator. */
type Act = (device: string, action: DeviceEvent) => Promise<unknown>;

export interface Workplace {
  readonly client: DeviceClient;
  readonly act: Act;
  /** The next event of a device's simulator. */
  readonly next: (device: string, name: string) => Promise<unknown>;
  /** No further use is begun once it is aborted. */
  readonly over: AbortSignal;
}

/** Uses one device, again and again until it is over; answers with how often. */
type Use = (place: Workplace) => Promise<number>;

async function again(over: AbortSignal, once: (count: number) => Promise<void>): Promise<number> {
  let count = 0;
  while (!over.aborted) {
    await once(count);
    count += 1;
  }
  return count;
}

const readCards: Use = ({ client, act, over }) =>
  again(over, async () => {
    for await (const event of await client.idReader.read()) {
      if (event.kind === 'waiting') await act('id-reader', { card: 'zhang' });
      if (event.kind === 'failed') throw new Error(`a card was not read: ${event.reason}`);
    }
    await act('id-reader', { card: null });
  });

const printTickets: Use = ({ client, over }) =>
  again(over, async (count) => {
    const jobId = `job-${count}`;
    const printing = client.ticketPrinter.print({ jobId, document: ticketDocument });
    await client.ticketPrinter.start({ jobId });
    const outcome = await printing;
    if (!outcome.ok) throw new Error(`a ticket was not printed: ${outcome.reason}`);
  });

/** Each event is answered by the next deed, the first deed comes when the device is watched. */
async function replies(
  events: AsyncIterable<unknown>,
  { over }: Workplace,
  deed: (count: number) => Promise<unknown>,
): Promise<number> {
  let count = 0;
  try {
    await deed(count);
    for await (const event of events) {
      if (event === undefined) throw new Error('a device said nothing');
      count += 1;
      await deed(count);
    }
  } catch (error) {
    // Leaving a stream ends it with an error.
    if (!over.aborted) throw error;
  }
  return count;
}

const scanPages: Use = ({ client, over }) =>
  again(over, async () => {
    const request = { source: 'platen', colour: 'colour', resolution: 200, duplex: false } as const;
    for await (const event of await client.documentScanner.scan(request))
      if (event.kind === 'failed') throw new Error(`a page was not scanned: ${event.reason}`);
  });

const pressKeys: Use = async (place) =>
  replies(await place.client.ratingPad.watch(undefined, { signal: place.over }), place, (count) =>
    place.act('rating-pad', { press: count % 4 }),
  );

/** What is shown before the reader looks is not seen; it looks anew after each code. */
const readCodes: Use = async (place) => {
  let looking = place.next('code-reader', 'looking');
  const codes = await place.client.codeReader.watch(undefined, { signal: place.over });
  return replies(codes, place, async (count) => {
    await Promise.race([looking, ended(place.over)]);
    looking = place.next('code-reader', 'looking');
    await place.act('code-reader', { show: `https://example.invalid/receipt/${count}` });
  });
};

const ended = (over: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (over.aborted) resolve();
    else over.addEventListener('abort', () => resolve(), { once: true });
  });

/** The board answers nothing: the next lamp waits until the simulator has been told of this one. */
const lightLamps: Use = async (place) => {
  let lamp: AsyncIterator<LampAnswer> | undefined;
  const presence = await place.client.cueLamps.presence(undefined, { signal: place.over });
  return replies(presence, place, async (count) => {
    const told = place.next('cue-lamps', 'told');
    if (count % 2 === 0) {
      lamp = await place.client.cueLamps.light({ slot: 'a4-printer' }, { signal: place.over });
      const lit = await lamp.next();
      if (!lit.done && !lit.value.ok) throw new Error(`a lamp stayed dark: ${lit.value.reason}`);
    } else {
      await lamp?.return?.();
    }
    await told;
    await place.act('cue-lamps', { presence: count % 2 === 0 ? 'present' : 'gone' });
  });
};

/** By the ids of the devices, which are the names of their classes. */
export const uses: Readonly<Record<string, Use>> = {
  'id-reader': readCards,
  'ticket-printer': printTickets,
  'rating-pad': pressKeys,
  'document-scanner': scanPages,
  'code-reader': readCodes,
  'cue-lamps': lightLamps,
};
