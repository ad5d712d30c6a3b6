import { describe, expect, test } from 'vitest';
import { benchOf } from '../../test/fixtures/link-pair.ts';
import type { ReaderEvent } from '../../src/devices/driver.ts';
import { driver } from './index.ts';
import { findSimulatedCard } from './simulated-card.ts';

/** What comes once the person is known: newest address, photo, the number of the reader. */

const never = new AbortController().signal;
const reader = () => benchOf(driver, 'serial-115200');

async function read({ device }: ReturnType<typeof reader>, signal = never): Promise<ReaderEvent[]> {
  const events: ReaderEvent[] = [];
  for await (const event of device.read(signal)) events.push(event);
  return events;
}

describe('the newest address', () => {
  test('comes after the person, and is asked for only then', async () => {
    const bench = reader();
    bench.simulator.act({ card: 'sun-moved' });
    const kinds: string[] = [];
    for await (const event of bench.device.read(never)) {
      kinds.push(event.kind);
      const asked = bench.link.written.some((frame) => frame[7] === 0x30 && frame[8] === 0x03);
      if (event.kind === 'read')
        expect([event.person.address, asked]).toEqual(['样例省示范市安宁县老井乡上湾村9组', false]);
      if (event.kind === 'address') expect(event.address).toBe('样例省示范市幸福区新河路120号 8单元1702');
    }
    expect(kinds).toEqual(['waiting', 'reading', 'read', 'address']);
  });

  test.each([
    ['a card without one', { card: 'zhang' }],
    ['a card that does not tell', { card: 'sun-moved', fault: 'address-failed' }],
  ])('%s leaves the reading as it is', async (_, action) => {
    const bench = reader();
    bench.simulator.act(action);
    expect((await read(bench)).map(({ kind }) => kind)).toEqual(['waiting', 'reading', 'read']);
  });

  test.each(['silence', 'unplugging', 'leaving'])('%s after the person leaves the reading as it is', async (what) => {
    const bench = reader();
    const leave = new AbortController();
    bench.simulator.act({ card: 'sun-moved' });
    const kinds: string[] = [];
    for await (const { kind } of bench.device.read(leave.signal)) {
      kinds.push(kind);
      if (kind !== 'read') continue;
      if (what === 'silence') bench.simulator.act({ fault: 'silent' });
      if (what === 'unplugging') await bench.link.close();
      if (what === 'leaving') leave.abort();
    }
    expect(kinds).toEqual(['waiting', 'reading', 'read']);
  });
});

describe('the photo', () => {
  test('is kept as it is on the card until the reset, which overwrites it', async () => {
    const bench = reader();
    expect(bench.device.photo()).toBeUndefined();
    bench.simulator.act({ card: 'zhang' });
    await read(bench);
    const photo = bench.device.photo() ?? expect.unreachable();
    expect(photo).toEqual(new Uint8Array(1_024).fill(0x57));
    await bench.device.reset();
    expect(bench.device.photo()).toBeUndefined();
    expect(photo).toEqual(new Uint8Array(1_024));
  });

  test.each(Object.keys({ li: 0, 'foreigner-2017': 0, 'foreigner-2023': 0, 'lin-taiwan': 0 }))(
    '%s has one',
    async (card) => {
      const bench = reader();
      bench.simulator.act({ card });
      expect((await read(bench)).at(-1)).toMatchObject({
        kind: 'read',
        person: { kind: findSimulatedCard(card)?.kind },
      });
      expect(bench.device.photo()).toHaveLength(1_024);
    },
  );
});

test('the reader tells what stands on its module, or nothing', async () => {
  const { device, simulator } = reader();
  expect(await device.serialNumber(never)).toBe('05.01-20160102-0000012345-0000067890');
  simulator.act({ fault: 'silent' });
  expect(await device.serialNumber(never)).toBeUndefined();
});

describe('a SAM that is not well', () => {
  test('is started anew once', async () => {
    const { device, simulator, link } = reader();
    simulator.act({ fault: 'self-test-fails-once' });
    expect(await device.probe(never)).toMatchObject({ ok: true });
    expect(link.written.map((frame) => frame[7])).toEqual([0x11, 0x10, 0x11]);
  });

  test('and stays so is told by name', async () => {
    const { device, simulator } = reader();
    simulator.act({ fault: 'self-test-failed' });
    expect(await device.probe(never)).toMatchObject({ reason: 'self-test-failed', detail: 'self-test-failed' });
  });

  test('while a card is read is the reader’s fault, not the card’s', async () => {
    const bench = reader();
    bench.simulator.act({ card: 'zhang', fault: 'not-authorised' });
    expect((await read(bench)).at(-1)).toEqual({ kind: 'failed', reason: 'reader-silent' });
  });
});

describe('a profile that raises the speed', () => {
  /** A reader that answers only at its own speed, as on a real line. */
  function slowReader(refuses: boolean) {
    const bench = benchOf(driver, 'serial-raised');
    const line = { host: 115_200, reader: 38_400 };
    const simulate = bench.link.device;
    bench.link.setBaudRate = async (baudRate) => {
      line.host = baudRate;
    };
    bench.link.device = (bytes) => {
      if (line.host !== line.reader) return;
      simulate(bytes);
      if (bytes[7] === 0x60 && bytes[8] === 0x00) line.reader = refuses ? 0 : 115_200;
    };
    return { ...bench, line, simulate };
  }

  test('finds the reader at its own, then both change over', async () => {
    const { device, line, events } = slowReader(false);
    expect(await device.probe(never)).toMatchObject({ ok: true });
    expect(line).toEqual({ host: 115_200, reader: 115_200 });
    expect(events).toEqual([
      { event: 'set', setMaxRf: 80 },
      { event: 'set', setBaud: 115_200 },
    ]);
    await device.probe(never);
    expect(events).toHaveLength(2);
  });

  test('goes back when the reader does not follow', async () => {
    const { device, line } = slowReader(true);
    expect(await device.probe(never)).toMatchObject({ ok: true });
    expect(line.host).toBe(38_400);
  });
});
