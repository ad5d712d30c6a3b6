import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ManualClock } from '../../../test/fixtures/core-bench.ts';
import type { LeftCard } from '../../contract/visit-view.ts';
import { FOUND_ITEM_AFTER_MS, LEFT_ITEM_AFTER_MS } from '../limits.ts';
import { migrate } from '../store/migrations/index.ts';
import { createTransact } from '../store/transact.ts';
import { FoundItems } from './found-items.ts';
import { LeftItems } from './left-items.ts';

const reader = {
  id: 'reader',
  class: 'id-reader',
  driver: 'bench',
  state: 'ready',
  uses: { total: 0, ok: 0, failed: 0 },
} as const;

let clock: ManualClock;
let database: Sqlite.Database;
beforeEach(() => {
  clock = new ManualClock();
  database = new Sqlite(':memory:');
  migrate(database);
});
afterEach(() => void database.close());

/** A reader that tells what the test says, and ends when told nothing. */
function withReader() {
  const told: string[] = [];
  let watches = 0;
  let next = Promise.withResolvers<LeftCard['card'] | undefined>();
  const leftItems = new LeftItems({
    clock,
    log: () => undefined,
    transact: createTransact(database),
    foundItems: new FoundItems(database),
    reporter: { report: (_device, kind, reason) => told.push(`${kind} ${reason}`) > 0 },
    devices: { devices: [reader] },
    leftCard: {
      async *watch() {
        watches += 1;
        for (let card = await next.promise; card !== undefined; card = await next.promise) yield { card };
      },
    },
    onChange: () => undefined,
    onBug: (error) => {
      throw error;
    },
  });
  const settle = () =>
    new Promise((resolve) => {
      setImmediate(resolve);
    });
  return {
    leftItems,
    told,
    watches: () => watches,
    pass: async (milliseconds: number) => {
      clock.advance(milliseconds);
      await settle();
    },
    say: async (card: LeftCard['card'] | undefined) => {
      const said = next;
      next = Promise.withResolvers();
      said.resolve(card);
      await settle();
    },
  };
}
const found = () => database.prepare('SELECT item, device, at, visit_ended_at FROM found_item').all();

it('a card that stays is told of after ten seconds and kept as found after a minute more; it is over when it is gone', async () => {
  const { leftItems, told, pass, say } = withReader();
  leftItems.lookAfter();
  await pass(LEFT_ITEM_AFTER_MS);
  await say('present');
  expect(leftItems.item).toEqual({ item: 'card', found: false });
  expect(told).toEqual(['item-left card']);
  expect(found()).toEqual([]);
  await pass(FOUND_ITEM_AFTER_MS);
  expect(leftItems.item).toEqual({ item: 'card', found: true });
  expect(found()).toEqual([
    {
      item: 'card',
      device: 'reader',
      at: '2026-11-22T09:31:10+08:00',
      visit_ended_at: '2026-11-22T09:30:00+08:00',
    },
  ]);
  await say('gone');
  expect(leftItems.item).toBeUndefined();
  expect(told).toEqual(['item-left card', 'item-found card', 'item-taken card']);
});

it('a card that is taken in time, or that the reader cannot tell of, is nothing to speak of', async () => {
  for (const card of ['gone', undefined] as const) {
    const { leftItems, told, pass, say } = withReader();
    leftItems.lookAfter();
    await pass(LEFT_ITEM_AFTER_MS);
    await say(card);
    await pass(FOUND_ITEM_AFTER_MS);
    expect(leftItems.item).toBeUndefined();
    expect(told).toEqual([]);
  }
  expect(found()).toEqual([]);
});

it('the next visit has the reader to itself', async () => {
  const { leftItems, watches, pass } = withReader();
  leftItems.lookAfter();
  await pass(LEFT_ITEM_AFTER_MS - 1);
  leftItems.forget();
  await pass(LEFT_ITEM_AFTER_MS);
  expect(watches()).toBe(0);
});

it('a reader that goes with the card on it does not lock the kiosk', async () => {
  const { leftItems, told, pass, say } = withReader();
  leftItems.lookAfter();
  await pass(LEFT_ITEM_AFTER_MS);
  await say('present');
  await say(undefined);
  expect(leftItems.item).toBeUndefined();
  await pass(FOUND_ITEM_AFTER_MS);
  expect(told).toEqual(['item-left card']);
  expect(found()).toEqual([]);
});

it('staff who come have it in their hands', async () => {
  const { leftItems, told, pass, say } = withReader();
  leftItems.lookAfter();
  await pass(LEFT_ITEM_AFTER_MS);
  await say('present');
  leftItems.handOver();
  expect(leftItems.item).toBeUndefined();
  expect(told).toEqual(['item-left card', 'item-taken card']);
  leftItems.handOver();
  expect(told).toHaveLength(2);
});
