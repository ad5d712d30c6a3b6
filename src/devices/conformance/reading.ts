import { readFailure } from '../../contract/device-failures.ts';
import type { ReaderEvent } from '../driver.ts';
import type { ConformanceOf } from './description.ts';
import { deviceOf, eachOf } from './device-of.ts';
import type { Ending } from './ending.ts';
import { right, wrong } from './ending.ts';
import type { Use } from './uses.ts';

/** A card is laid on the reader, read, and taken away. */
export function cardUses({ cards, takeAway }: ConformanceOf<'id-reader'>): readonly [Use, ...Use[]] {
  return eachOf(cards, (card) => ({
    name: `the card ${JSON.stringify(card.lay)}`,
    async run(stage, signal) {
      await stage.act(card.lay);
      const events: ReaderEvent[] = [];
      for await (const event of deviceOf(stage, 'id-reader').read(signal)) events.push(event);
      await stage.act(takeAway);
      return judge(events, card.person);
    },
  }));
}

function judge(events: readonly ReaderEvent[], person: object): Ending {
  const order = events.map(({ kind }) => kind).join(' ');
  const last = events.findLast(({ kind }) => kind !== 'address');
  if (!/^(?:waiting(?: reading)?(?: read(?: address)?| failed)?)?$/u.test(order))
    return wrong(`events come as ${order}`);
  if (last?.kind === 'failed') {
    return readFailure.safeParse(last.reason).success
      ? { kind: 'failed', reason: last.reason }
      : wrong('unknown reason');
  }
  if (last?.kind !== 'read') return { kind: 'ended' };
  const read = new Map<string, unknown>(Object.entries(last.person));
  const differing = Object.entries(person).filter(([field, value]) => read.get(field) !== value);
  return differing.length === 0 ? right : wrong(`a card with another ${differing.map(([field]) => field).join(', ')}`);
}
