import { describe, expect, test } from 'vitest';
import { benchOf } from '../../test/fixtures/link-pair.ts';
import type { CardPresence, ReaderEvent } from '../../src/devices/driver.ts';
import { driver } from './index.ts';

const never = new AbortController().signal;
const reader = () => benchOf(driver, 'serial-115200');
type Bench = ReturnType<typeof reader>;

async function read({ device }: Bench): Promise<ReaderEvent | undefined> {
  let last: ReaderEvent | undefined;
  for await (const event of device.read(never)) last = event;
  return last;
}

/** What is told until the end, with something done after each. */
async function watched({ device }: Bench, doing: (() => void)[], signal = never): Promise<CardPresence[]> {
  const told: CardPresence[] = [];
  for await (const presence of device.watchCard(signal)) {
    told.push(presence);
    doing.shift()?.();
  }
  return told;
}

test('a card that was read still lies there, though it is not found again, until it is taken', async () => {
  const bench = reader();
  bench.simulator.act({ card: 'zhang' });
  expect(await read(bench)).toMatchObject({ kind: 'read' });
  expect(await watched(bench, [() => bench.simulator.act({ card: null })])).toEqual(['present', 'gone']);
});

test('a card that was taken right after it was read is gone', async () => {
  const bench = reader();
  bench.simulator.act({ card: 'zhang' });
  await read(bench);
  bench.simulator.act({ card: null });
  expect(await watched(bench, [])).toEqual(['gone']);
});

test('a card that could not be read is watched as well', async () => {
  const bench = reader();
  bench.simulator.act({ card: 'zhang', fault: 'read-failed' });
  expect(await read(bench)).toMatchObject({ reason: 'card-unreadable' });
  expect(await watched(bench, [() => bench.simulator.act({ card: null })])).toEqual(['present', 'gone']);
});

describe('a reader that hides a card it has read', () => {
  const hiding = async (): Promise<Bench> => {
    const bench = reader();
    bench.simulator.act({ card: 'zhang', fault: 'read-card-hidden' });
    expect(await read(bench)).toMatchObject({ kind: 'read' });
    return bench;
  };

  test('cannot tell whether it is gone, and does not say so', async () => {
    const bench = await hiding();
    const leave = new AbortController();
    const told = watched(bench, [], leave.signal);
    const { promise: looked, resolve } = Promise.withResolvers<void>();
    const simulate = bench.link.device;
    let looks = 0;
    bench.link.device = (bytes) => {
      simulate(bytes);
      looks += 1;
      if (looks === 20) resolve();
    };
    await looked;
    leave.abort();
    expect(await told).toEqual(['unknown']);
  });

  test('can tell of one that was lifted and laid down again', async () => {
    const bench = await hiding();
    const again = () => bench.simulator.act({ card: 'zhang' });
    const away = () => bench.simulator.act({ card: null });
    expect(await watched(bench, [again, away])).toEqual(['unknown', 'present', 'gone']);
  });
});

test.each(['silence', 'unplugging', 'leaving'])('%s ends the watch without a word', async (what) => {
  const bench = reader();
  const leave = new AbortController();
  bench.simulator.act({ card: 'zhang' });
  await read(bench);
  const end = () => {
    if (what === 'silence') bench.simulator.act({ fault: 'silent' });
    if (what === 'unplugging') void bench.link.close();
    if (what === 'leaving') leave.abort();
  };
  expect(await watched(bench, [end], leave.signal)).toEqual(['present']);
});
