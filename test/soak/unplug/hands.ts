import type { DeviceClass } from '../../../src/contract/device-classes.ts';
import type { DeviceEvent } from '../../../scripts/hall/simulators.ts';
import { ticketDocument } from '../../bench/devices/ticket.ts';
import type { Place } from './place.ts';

/** What has to go on by itself once the device is plugged in again. Listens from the moment at which it is made. */
export type GoesOn = () => Promise<void>;

/** How a person uses devices of a class, and where the plug is pulled meanwhile. */
export interface Hands {
  /** Rejects when the device does not do what it is for. */
  readonly use: (place: Place, count: number) => Promise<void>;
  /** Pulls the plug while the device is used, at places that change with `count`; resolves when it is out and its user has been told. */
  readonly pullInUse: (place: Place, count: number) => Promise<GoesOn | undefined>;
  /** Makes the device unwell so that a probe tells of it, and well again. Absent for one that tells nothing. */
  readonly trouble?: { readonly act: DeviceEvent; readonly undo: DeviceEvent };
}

/** A place between the first byte and that many. */
const spread = (count: number, bytes: number): number => 1 + ((count * 7_919) % bytes);

/** Pulled when so many bytes have gone to the host, or come from it. */
async function pullAt(place: Place, id: DeviceClass, after: DeviceEvent): Promise<{ readonly out: Promise<unknown> }> {
  const out = place.next(id, 'script-ended');
  await place.script(id, { after, do: { unplug: true } });
  return { out };
}

function mustFail(what: string, outcome: string | undefined, reason: string): void {
  if (outcome !== reason) throw new Error(`${what} ended as ${outcome ?? 'done'}`);
}

const CARD_BYTES = 1_300;
const TICKET_BYTES = 550;
const PAGE_BYTES = 3_000;

const reader: Hands = {
  async use(place) {
    let name: string | undefined;
    for await (const event of await place.client.idReader.read()) {
      if (event.kind === 'waiting') await place.act('id-reader', { card: 'zhang' });
      if (event.kind === 'read') name = event.person.name;
      if (event.kind === 'failed') throw new Error(`a card was not read: ${event.reason}`);
    }
    await place.act('id-reader', { card: null });
    if (name !== '张宁') throw new Error('another name was read than is on the card');
  },
  async pullInUse(place, count) {
    let pulled: Promise<unknown> | undefined;
    let outcome: string | undefined;
    for await (const event of await place.client.idReader.read()) {
      if (event.kind === 'failed') outcome = event.reason;
      if (event.kind !== 'waiting') continue;
      if (count % 3 === 0) pulled = place.act('id-reader', { unplug: true });
      else {
        pulled = (await pullAt(place, 'id-reader', { toHost: spread(count, CARD_BYTES) })).out;
        await place.act('id-reader', { card: 'zhang' });
      }
    }
    await pulled;
    await place.act('id-reader', { card: null });
    mustFail('a reading', outcome, 'reader-absent');
    return undefined;
  },
  trouble: { act: { fault: 'self-test-failed' }, undo: { fault: 'none' } },
};

async function print(place: Place, jobId: string): Promise<string | undefined> {
  const printing = place.client.ticketPrinter.print({ jobId, document: ticketDocument });
  await place.client.ticketPrinter.start({ jobId });
  const outcome = await printing;
  return outcome.ok ? undefined : outcome.reason;
}

const printer: Hands = {
  async use(place, count) {
    const printed = place.next('ticket-printer', 'printed');
    const failure = await print(place, `job-${count}`);
    if (failure !== undefined) throw new Error(`a ticket was not printed: ${failure}`);
    await printed;
  },
  async pullInUse(place, count) {
    const { out } = await pullAt(place, 'ticket-printer', { toDevice: spread(count, TICKET_BYTES) });
    const failure = await print(place, `lost-${count}`);
    await out;
    mustFail('a job', failure, 'offline');
    return undefined;
  },
  trouble: { act: { paper: 'out' }, undo: { paper: 'ok' } },
};

/** The first value that will do; a device may have sent others before. It is waited for later: until then, failing is no event. */
function take<T>(stream: AsyncIterator<T>, wanted: (value: T) => boolean): Promise<void> {
  const taken = firstOf(stream, wanted);
  taken.catch(() => undefined);
  return taken;
}

async function firstOf<T>(stream: AsyncIterator<T>, wanted: (value: T) => boolean): Promise<void> {
  for (;;) {
    const { value, done } = await stream.next();
    if (done) throw new Error('the stream ended');
    if (wanted(value)) return;
  }
}

const VERY_SATISFIED = 0x35;
/** Another key: the same one again in a moment would be the pad's own repeat. */
const SATISFIED = 0x34;
const PRESS_BYTES = 7;

const pad: Hands = {
  async use(place) {
    const started = place.next('rating-pad', 'start');
    const presses = await place.client.ratingPad.watch();
    const first = take(presses, ({ level }) => level === 'very-satisfied');
    await started;
    await place.act('rating-pad', { press: VERY_SATISFIED });
    await first;
    await presses.return(undefined);
  },
  async pullInUse(place, count) {
    let started = place.next('rating-pad', 'start');
    const presses = await place.client.ratingPad.watch();
    const first = take(presses, ({ level }) => level === 'satisfied');
    await started;
    if (count % 3 === 0) await place.act('rating-pad', { unplug: true });
    else {
      const { out } = await pullAt(place, 'rating-pad', { toHost: spread(count, PRESS_BYTES) });
      await place.act('rating-pad', { press: SATISFIED });
      await out;
    }
    started = place.next('rating-pad', 'start');
    return async () => {
      await started;
      await place.act('rating-pad', { press: SATISFIED });
      await first;
      await presses.return(undefined);
    };
  },
  trouble: { act: { fault: 'silent' }, undo: { fault: 'none' } },
};

async function scan(place: Place): Promise<string | undefined> {
  const request = { source: 'platen', colour: 'grey', resolution: 100, duplex: false } as const;
  let pages = 0;
  let failure: string | undefined;
  for await (const event of await place.client.documentScanner.scan(request)) {
    if (event.kind === 'page') pages += 1;
    if (event.kind === 'failed') failure = event.reason;
  }
  return failure ?? (pages === 1 ? undefined : `${pages} pages`);
}

const scanner: Hands = {
  async use(place) {
    const failure = await scan(place);
    if (failure !== undefined) throw new Error(`a page was not scanned: ${failure}`);
  },
  async pullInUse(place, count) {
    const { out } = await pullAt(place, 'document-scanner', { toHost: spread(count, PAGE_BYTES) });
    const failure = await scan(place);
    await out;
    mustFail('a scan', failure, 'scanner-absent');
    return undefined;
  },
  trouble: { act: { state: 'stopped' }, undo: { state: 'idle' } },
};

const CODE_BYTES = 20;
const isCode =
  (text: string) =>
  ({ bytes }: { readonly bytes: string }): boolean =>
    Buffer.from(bytes, 'base64').toString() === text;

/** Holds a code in front of the reader until it was read: what is shown while it does not look is not seen. */
async function hold(place: Place, text: string, read: Promise<void>): Promise<void> {
  for (let isRead = false; !isRead;) {
    const looksAgain = place.next('code-reader', 'looking').then(() => false);
    await place.act('code-reader', { show: text });
    isRead = await Promise.race([read.then(() => true), looksAgain]);
  }
}

const codeReader: Hands = {
  async use(place, count) {
    const text = `990101-20261122-used-${count}`;
    const looking = place.next('code-reader', 'looking');
    const codes = await place.client.codeReader.watch();
    const read = take(codes, isCode(text));
    await looking;
    await hold(place, text, read);
    await codes.return(undefined);
  },
  async pullInUse(place, count) {
    const text = `990101-20261122-again-${count}`;
    let looking = place.next('code-reader', 'looking');
    const codes = await place.client.codeReader.watch();
    const read = take(codes, isCode(text));
    await looking;
    if (count % 3 === 0) await place.act('code-reader', { unplug: true });
    else {
      const { out } = await pullAt(place, 'code-reader', { toHost: spread(count, CODE_BYTES) });
      await place.act('code-reader', { show: `990101-20261122-lost-${count}` });
      await out;
    }
    looking = place.next('code-reader', 'looking');
    return async () => {
      await looking;
      await hold(place, text, read);
      await codes.return(undefined);
    };
  },
  trouble: { act: { fault: 'silent' }, undo: { fault: 'none' } },
};

/** Returns what puts the lamp out again. */
async function light(place: Place): Promise<() => Promise<void>> {
  const told = place.next('cue-lamps', 'told');
  const lamp = await place.client.cueLamps.light({ slot: 'a4-printer' });
  const lit = await lamp.next();
  if (lit.done || !lit.value.ok) throw new Error('a lamp stayed dark');
  await told;
  return async () => {
    const out = place.next('cue-lamps', 'told');
    await lamp.return(undefined);
    await out;
  };
}

const lamps: Hands = {
  async use(place) {
    const people = await place.client.cueLamps.presence();
    const came = take(people, ({ person }) => person === 'present');
    await place.until('cue-lamps', ['busy']);
    const putOut = await light(place);
    await place.act('cue-lamps', { presence: 'present' });
    await came;
    await putOut();
    await people.return(undefined);
  },
  async pullInUse(place) {
    const people = await place.client.cueLamps.presence();
    const came = take(people, ({ person }) => person === 'present');
    await place.until('cue-lamps', ['busy']);
    const putOut = await light(place);
    await place.act('cue-lamps', { unplug: true });
    const litAgain = place.next('cue-lamps', 'told');
    return async () => {
      await litAgain;
      await place.act('cue-lamps', { presence: 'present' });
      await came;
      await putOut();
      await people.return(undefined);
    };
  },
};

export const hands: Readonly<Record<DeviceClass, Hands>> = {
  'id-reader': reader,
  'ticket-printer': printer,
  'rating-pad': pad,
  'document-scanner': scanner,
  'code-reader': codeReader,
  'cue-lamps': lamps,
};
