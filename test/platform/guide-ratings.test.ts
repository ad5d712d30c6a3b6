import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { platformApi } from '../../src/contract/platform-api.ts';
import { guideRatingExample } from '../../src/contract/platform-examples.ts';
import { keyed, reason, SERVER_START_MS } from '../fixtures/case-bench.ts';
import { exampleItem } from '../fixtures/example-item.ts';
import { uuid } from '../fixtures/hand-in.ts';
import { officeClient } from '../fixtures/office-client.ts';
import { closeEngines, platformEngines, type StoredPlatform } from '../fixtures/platform-engines.ts';

afterAll(closeEngines, SERVER_START_MS);

const day = '2026-11-22';
const other = { ...exampleItem, code: `${exampleItem.code.slice(0, -1)}9` };

describe.each(platformEngines)('ratings of guides on $name', ({ missing, start }) => {
  if (missing !== undefined) {
    it.skip(missing);
    return;
  }
  let stored: StoredPlatform;
  let kiosk: ContractRouterClient<typeof platformApi>;
  beforeEach(async () => {
    stored = await start({ now: () => new Date(`${day}T09:40:17+08:00`) });
    kiosk = createORPCClient(new OpenAPILink(platformApi, { url: stored.platform.url }));
    await stored.platform.publishCatalogue('2026-1', [exampleItem, other]);
  }, SERVER_START_MS);
  afterEach(() => stored.close());

  const rating = (index: number, change: object = {}) => ({
    ...guideRatingExample,
    id: uuid(index),
    itemCode: exampleItem.code,
    ...change,
  });
  const send = (body: ReturnType<typeof rating>, headers = keyed()) => kiosk.submitGuideRating({ headers, body });
  const figures = async (hall?: string) =>
    (await officeClient(stored.platform.url).statistics.figures({ kind: 'day', day, ...(hall && { hall }) })).figures
      .ratingsPerGuide;

  it('count for their guide, hall and day, over all guides that are offered, and are held against ten for each', async () => {
    expect(await figures()).toMatchObject({ part: 0, whole: 2, reached: false });
    for (let index = 1; index <= 19; index += 1) await send(rating(index));
    expect(await figures()).toMatchObject({ part: 19, whole: 2, written: '9.50', reached: false });
    await send(rating(20, { itemCode: other.code, hallCode: '990102', level: 'very-dissatisfied' }));
    expect(await figures()).toMatchObject({ part: 20, whole: 2, written: '10.00', reached: true });
    expect(await figures('990102')).toMatchObject({ part: 1, whole: 2 });
    // Of a guide that is not offered, and of tomorrow: kept, and not counted today.
    await send(rating(21, { itemCode: 'GONE' }));
    await send(rating(22, { ratedOn: '2026-11-23' }));
    expect(await figures()).toMatchObject({ part: 20 });
    const { items } = await officeClient(stored.platform.url).statistics.items({ kind: 'day', day });
    const counted = items.map(({ code, ratingsPerGuide }) => [code, ratingsPerGuide.part, ratingsPerGuide.reached]);
    expect(Object.fromEntries(counted.map(([code, ...rest]) => [code, rest]))).toEqual({
      [exampleItem.code]: [19, true],
      [other.code]: [1, false],
    });
  });

  it('are taken once, with the same key and with another, also twice at once, and never with another content', async () => {
    const headers = keyed();
    const first = await send(rating(1), headers);
    expect(await send(rating(1), headers)).toEqual(first);
    await send(rating(1));
    await Promise.allSettled([send(rating(2)), send(rating(2))]);
    await send(rating(2));
    expect(await figures()).toMatchObject({ part: 2 });
    for (const change of [
      { level: 'dissatisfied' },
      { itemCode: other.code },
      { itemVersion: 2 },
      { hallCode: '990102' },
      { ratedOn: '2026-11-21' },
    ])
      expect([change, await reason(send(rating(1, change)))]).toEqual([change, 'content-differs']);
    expect(await figures()).toMatchObject({ part: 2 });
  });

  it('are of a level that was pressed, and of nobody', async () => {
    const { level: _level, ...without } = rating(1);
    for (const body of [
      without,
      { ...without, level: 'default' },
      { ...rating(1), ratedAt: `${day}T09:40:00+08:00` },
    ]) {
      const answer = await fetch(new URL('guide-ratings', `${stored.platform.url}/`), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...keyed() },
        body: JSON.stringify(body),
      });
      expect(answer.status).toBe(400);
    }
    expect(await figures()).toMatchObject({ part: 0 });
    await send(rating(1));
    // No kiosk, no person and no time of the day.
    expect(await stored.database.all('SELECT * FROM guide_rating')).toEqual([
      {
        id: uuid(1),
        hall_code: '990101',
        item_code: exampleItem.code,
        item_version: 1,
        level: 'satisfied',
        rated_on: day,
      },
    ]);
  });
});
