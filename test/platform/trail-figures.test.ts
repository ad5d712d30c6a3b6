import { afterAll, describe, expect, it } from 'vitest';
import { SERVER_START_MS, startCases } from '../fixtures/case-bench.ts';
import { exampleItem } from '../fixtures/example-item.ts';
import { handIn, uuid } from '../fixtures/hand-in.ts';
import { officeClient } from '../fixtures/office-client.ts';
import { closeEngines, platformEngines } from '../fixtures/platform-engines.ts';

afterAll(closeEngines, SERVER_START_MS);

describe.each(platformEngines)('figures and ratings on $name', ({ missing, start }) => {
  it.skipIf(missing)(
    'go by the trail: when a case was accepted and closed, what stopped its clock, how often the person came',
    async () => {
      const bench = await startCases(start);
      try {
        await bench.publish(exampleItem);
        const [stopped, late, refused] = [await bench.handIn(1), await bench.handIn(2), await bench.handIn(3)];
        await bench.handIn(4);
        const { ratings, statistics } = officeClient(bench.platform.url);
        const rate = (number: 1 | 2, ratedAt: string) => {
          const rating = { id: uuid(number), caseId: stopped.id, level: 'satisfied', channel: 'page', ratedAt };
          return handIn(
            bench.platform.url,
            '/ratings',
            { ...rating, ...(number === 2 && { number }) },
            uuid(10 + number),
          );
        };
        for (const { id } of [stopped, late]) await bench.moveAll(id, 'accept', 'start-review');
        await bench.move(refused.id, { event: 'refuse-acceptance', text: '不属于本机关职权范围' });
        bench.time.now = new Date('2026-11-24T01:00:00Z');
        await bench.move(stopped.id, { event: 'start-special-procedure', procedure: 'hearing' });
        expect(await rate(1, '2026-11-24T01:00:00Z')).toMatchObject({ status: 200 });
        bench.time.now = new Date('2026-11-26T01:00:00Z');
        await bench.move(stopped.id, { event: 'end-special-procedure' });
        await bench.move(stopped.id, { event: 'extend', extendedBy: 3 });
        bench.time.now = new Date('2026-12-09T01:00:00Z');
        for (const { id } of [stopped, late]) await bench.moveAll(id, 'approve', 'deliver');
        const closed = async (day: string) => (await statistics.day({ day })).cases;
        expect(await closed('2026-12-09')).toEqual({ handedIn: 0, closed: 0, open: 3, overdue: 2 });
        for (const { id } of [stopped, late]) await bench.moveAll(id, 'close');
        expect(await closed('2026-12-09')).toMatchObject({ closed: 2, open: 1 });
        expect(await closed('2026-11-23')).toMatchObject({ handedIn: 4, closed: 1, open: 3, overdue: 0 });
        expect(await rate(2, '2026-12-09T01:00:00Z')).toMatchObject({ status: 200 });

        const { figures } = await statistics.figures({ kind: 'month', day: '2026-12-09' });
        // Both took as long; one had until the 9th by its hearing and its extension, the other until the 2nd.
        expect(figures.onTime).toMatchObject({ part: 1, whole: 2 });
        expect(figures.visitsPerCase).toMatchObject({ part: 2, whole: 2 });
        expect(figures.activelyRated).toMatchObject({ part: 1, whole: 2 });
        const asked = { officer: { office: '12345', id: '1' }, from: '2026-11-01', to: '2026-12-31' };
        const records = (await ratings.records(asked)).ratings.map(({ national }) => [
          national?.['proStatus'],
          national?.['acceptDate'],
        ]);
        expect(records).toEqual([
          ['2', '2026-11-23 09:00:00'],
          ['3', '2026-11-23 09:00:00'],
        ]);
      } finally {
        await bench.close();
      }
    },
    SERVER_START_MS,
  );
});
