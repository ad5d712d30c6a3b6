import { describe, expect, onTestFinished, test } from 'vitest';
import { openOneOfEach } from '../../../test/fixtures/one-of-each.ts';
import { memoryRecords } from '../../../test/fixtures/memory-records.ts';
import type { DeviceClass } from '../../contract/device-classes.ts';
import type { PrintOutcome, ScanPageEvent } from '../../contract/device-api.ts';
import { refused } from '../../domain/result.ts';
import type { DeviceRecords } from '../device-records.ts';
import type { ProbeFailure } from '../driver.ts';
import { LinkClosed } from '../driver.ts';

const document = [{ kind: 'cut' as const }];
const request = { source: 'platen', colour: 'grey', resolution: 200, duplex: false } as const;
const closed = (): never => {
  throw new LinkClosed();
};
const broken = (): never => {
  throw new Error('a mistake in the driver');
};

async function open(kind: DeviceClass, options: Parameters<typeof openOneOfEach>[0] = {}) {
  const hall = openOneOfEach(options);
  // What was told as a bug already may be its last word.
  onTestFinished(() => hall.stop().catch((error: unknown) => expect(hall.bugs).toContain(error)));
  await hall.until(kind, ({ state }) => state === 'ready');
  const print = (): Promise<PrintOutcome> => {
    const printing = hall.client.ticketPrinter.print({ jobId: 'one', document });
    void hall.client.ticketPrinter.start({ jobId: 'one' });
    return printing;
  };
  const scan = async (): Promise<ScanPageEvent[]> => {
    const events: ScanPageEvent[] = [];
    for await (const event of await hall.client.documentScanner.scan(request)) events.push(event);
    return events;
  };
  /** The device says from now on that it is not well. */
  const isFaulty = async (reason: ProbeFailure): Promise<void> => {
    hall.behaviour.probe = async () => refused(reason);
    hall.unplug(kind);
    await hall.until(kind, ({ state }) => state === 'faulty');
  };
  /** Held by a self-test until let go. */
  const isBusy = async (): Promise<() => Promise<void>> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    hall.behaviour.probe = async () => {
      await promise;
      return { ok: true, value: undefined };
    };
    const testing = await hall.client.devices.selfTest({ id: kind, attended: false });
    const asked = Promise.withResolvers<void>();
    const watching = (async () => {
      for await (const event of testing) if (event.kind === 'step' && event.step === 'answer') asked.resolve();
    })();
    await asked.promise;
    return () => {
      resolve();
      return watching;
    };
  };
  return { ...hall, print, scan, isFaulty, isBusy };
}

describe('a document is not printed', () => {
  test('by a printer that staff closed', async () => {
    const { client, print } = await open('ticket-printer');
    await client.devices.disable({ id: 'ticket-printer', reason: 'smells-burnt' });
    expect(await print()).toEqual({ ok: false, reason: 'absent' });
  });

  test.each([
    ['paper-out', 'paper-out'],
    ['cover-open', 'cover-open'],
    ['no-answer', 'offline'],
    ['self-test-failed', 'offline'],
  ] as const)('by one that is faulty: %s', async (reason, told) => {
    const { print, isFaulty } = await open('ticket-printer');
    await isFaulty(reason);
    expect(await print()).toEqual({ ok: false, reason: told });
  });

  test('by one that somebody else uses', async () => {
    const { print, isBusy } = await open('ticket-printer');
    const letGo = await isBusy();
    expect(await print()).toEqual({ ok: false, reason: 'busy' });
    await letGo();
  });

  test.each([
    ['is unplugged', closed, 'offline'],
    ['has a driver with a mistake', broken, 'printer-fault'],
  ] as const)('to its end by one that %s', async (_, how, reason) => {
    const { print, behaviour, bugs } = await open('ticket-printer');
    behaviour.print = how;
    expect(await print()).toEqual({ ok: false, reason });
    expect(bugs).toEqual([]);
  });
});

describe('a page is not scanned', () => {
  test('by a scanner that staff closed', async () => {
    const { client, scan } = await open('document-scanner');
    await client.devices.disable({ id: 'document-scanner', reason: 'smells-burnt' });
    expect(await scan()).toEqual([{ kind: 'failed', reason: 'scanner-absent' }]);
    expect(await client.documentScanner.capabilities()).toEqual({ ok: false, reason: 'scanner-absent' });
  });

  test('by one that is faulty', async () => {
    const { client, scan, isFaulty } = await open('document-scanner');
    await isFaulty('no-answer');
    expect(await scan()).toEqual([{ kind: 'failed', reason: 'scanner-fault' }]);
    expect(await client.documentScanner.capabilities()).toEqual({ ok: false, reason: 'scanner-fault' });
  });

  test('by one that somebody else uses', async () => {
    const { client, isBusy } = await open('document-scanner');
    const letGo = await isBusy();
    expect(await client.documentScanner.capabilities()).toEqual({ ok: false, reason: 'busy' });
    await letGo();
  });

  test.each([
    ['is switched off', closed, 'scanner-absent'],
    ['has a driver with a mistake', broken, 'scanner-fault'],
  ] as const)('to its end by one that %s', async (_, how, reason) => {
    const { client, scan, behaviour } = await open('document-scanner');
    behaviour.scan = how;
    expect(await scan()).toEqual([{ kind: 'failed', reason }]);
    behaviour.capabilities = how;
    await expect
      .poll(async () => (await client.devices.list()).find(({ id }) => id === 'document-scanner')?.state)
      .toBe('ready');
    expect(await client.documentScanner.capabilities()).toEqual({ ok: false, reason });
  });

  test('with capabilities that it refuses to tell', async () => {
    const { client, behaviour } = await open('document-scanner');
    behaviour.capabilities = async () => refused('timed-out');
    expect(await client.documentScanner.capabilities()).toEqual({ ok: false, reason: 'timed-out' });
  });
});

test('a newer page takes over what an older one watched', async () => {
  const { client, behaviour } = await open('rating-pad');
  behaviour.press = async function* (signal) {
    yield { key: '02', level: 'satisfied' };
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
  };
  const older = await client.ratingPad.watch();
  expect((await older.next()).value).toEqual({ level: 'satisfied' });
  const newer = await client.ratingPad.watch();
  expect((await newer.next()).value).toEqual({ level: 'satisfied' });
  expect(await older.next()).toEqual({ done: true, value: undefined });
  await newer.return(undefined);
});

test('a watch goes on when its device is plugged in again', async () => {
  const { client, behaviour, unplug } = await open('rating-pad');
  behaviour.press = async function* (signal) {
    yield { key: '02', level: 'satisfied' };
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
  };
  const presses = await client.ratingPad.watch();
  expect((await presses.next()).value).toEqual({ level: 'satisfied' });
  unplug('rating-pad');
  expect((await presses.next()).value).toEqual({ level: 'satisfied' });
  await presses.return(undefined);
});

describe('a mistake of the device room itself', () => {
  /** Fails at the first thing that is to be kept. */
  function forgetful(): DeviceRecords {
    const records = memoryRecords();
    let isFull = true;
    return {
      of: (device) => records.of(device),
      async keep(device, record) {
        if (isFull) {
          isFull = false;
          throw new Error('the disk is full');
        }
        await records.keep(device, record);
      },
    };
  }

  test('in a call is told, and the call fails', async () => {
    const { client, bugs } = await open('cue-lamps', { records: forgetful() });
    await expect(client.devices.disable({ id: 'cue-lamps', reason: 'smells-burnt' })).rejects.toThrow();
    expect(bugs).toMatchObject([{ message: 'the disk is full' }]);
  });

  test('in a stream is told, and the stream ends', async () => {
    const { client, bugs } = await open('cue-lamps', { records: forgetful() });
    const events = await client.devices.selfTest({ id: 'cue-lamps', attended: false });
    await expect(
      (async () => {
        for await (const event of events) expect(event.kind).not.toBe('ended');
      })(),
    ).rejects.toThrow();
    expect(bugs).toMatchObject([{ message: 'the disk is full' }]);
  });
});
