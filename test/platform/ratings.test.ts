import { afterAll, describe, expect, it } from 'vitest';
import { nationalRating } from '../../src/domain/ratings/national-rating.ts';
import { handIn, caseOf, ratingOf, uuid } from '../fixtures/hand-in.ts';
import { officeClient } from '../fixtures/office-client.ts';
import { closeEngines, platformEngines } from '../fixtures/platform-engines.ts';
import { sampleItem } from '../fixtures/sample-item.ts';

afterAll(closeEngines);

const hall = { office: '990101-D1', id: '0017' };
const otherHall = { office: '990102-D1', id: '0003' };
const centre = { office: '12345', id: '0042' };
const days = { from: '2026-09-01', to: '2026-12-31' };
const tags = (...codes: string[]) => ({ tags: { version: 1, codes } });

describe.each(platformEngines)('ratings on $name', ({ missing, start }) => {
  /** A platform with the sample item published, three cases of it, and its clock at 14 September 2026. */
  async function open() {
    let now = new Date('2026-09-14T02:00:00Z');
    const stored = await start({ now: () => now });
    const { url } = stored.platform;
    await stored.platform.publishCatalogue('2026-1', [sampleItem]);
    let keys = 0;
    const send = (path: string, body: object) => handIn(url, path, body, uuid(90_000 + (keys += 1)));
    for (const index of [1, 2, 3]) {
      const body = caseOf(index, {
        itemCode: sampleItem.code,
        // A version that was never published here, so that nobody looks the case through.
        itemVersion: sampleItem.version + 1,
        itemName: sampleItem.name,
        handedInAt: now.toISOString(),
      });
      expect(await send('/cases', body)).toMatchObject({ status: 200 });
    }
    const office = officeClient(url);
    return {
      ...stored,
      close: () => stored.close(),
      office,
      send,
      rate: (index: number, change: object = {}) =>
        send('/ratings', ratingOf(index, { ratedAt: now.toISOString(), ...change })),
      step: (
        officer: typeof hall,
        id: string,
        step: Parameters<typeof office.ratings.takeReviewStep>[0]['body']['step'],
      ) =>
        office.ratings.takeReviewStep({
          headers: { 'idempotency-key': uuid(80_000 + (keys += 1)) },
          body: { officer, id, step },
        }),
      until: (instant: string) => (now = new Date(instant)),
    };
  }

  it.skipIf(missing)(
    'become national records with all that is known of the case, one per matter and number',
    async () => {
      const { rate, send, office, database, platform, until, close } = await open();
      try {
        const first = ratingOf(1, { level: 'satisfied', ...tags('410', '411'), text: '很快' });
        expect(await send('/ratings', first)).toMatchObject({ status: 200 });
        expect(await send('/ratings', first)).toMatchObject({ status: 200 });
        const reason = (reasonName: string) => ({ status: 400, answer: { data: { reason: reasonName } } });
        expect(await rate(1, { id: uuid(5_101) })).toMatchObject(reason('already-rated'));
        expect(await rate(2, { id: uuid(5_102), number: 2 })).toMatchObject(reason('first-missing'));
        const early = { id: uuid(5_103), number: 2, ratedAt: '2026-09-13T00:00:00Z' };
        expect(await rate(1, { ...early, level: 'satisfied' })).toMatchObject(reason('before-the-first'));
        expect(await rate(2, { level: 'satisfied', ...tags('108') })).toMatchObject(reason('unknown-tag'));
        expect(await rate(2, { tags: { version: 9, codes: ['510'] } })).toMatchObject(reason('unknown-tag'));
        expect(await rate(2, tags('510', '510'))).toMatchObject(reason('tag-twice'));
        expect(await rate(9)).toMatchObject({ status: 404 });
        const accepted = { caseId: uuid(1_001), stage: 'accepted' };
        until('2026-09-15T02:00:00Z');
        await platform.publish({ id: uuid(70_001), kind: 'case-state', content: accepted });
        until('2026-09-16T02:00:00Z');
        const supplement = { caseId: uuid(1_001), defects: [{ what: '缺少户主页' }] };
        await platform.publish({ id: uuid(70_002), kind: 'supplement', content: supplement });
        const second = { id: uuid(5_104), number: 2, channel: 'pad', level: 'fairly-satisfied', named: true };
        expect(await rate(1, { ...second, ratedAt: '2026-11-23T04:00:00Z' })).toMatchObject({ status: 200 });

        const rows = await database.all<{ national: string }>('SELECT national FROM rating ORDER BY rowid');
        const records = rows.map(({ national }) => nationalRating.parse(JSON.parse(national)));
        expect(records).toEqual([
          {
            projectNo: '9901012026091400001',
            pf: '5',
            deptCode: '11990101MB00000193',
            taskCode: sampleItem.code,
            taskHandleItem: '',
            taskName: sampleItem.name,
            subMatter: '1',
            proStatus: '2',
            proDepart: sampleItem.department.name,
            userName: '',
            userProp: '',
            userPageType: '',
            certKey: '',
            handleUserName: '',
            handleUserPageType: '',
            handleUserPageCode: '',
            satisfaction: '4',
            evalDetail: '410,411',
            writingEvaluation: '很快',
            assessTime: '2026-11-22 09:31:00',
            assessNumber: '1',
            serviceNumber: '1',
            dataSource: '900',
            promisetime: '2',
            acceptDate: '2026-09-14 10:00:00',
            anonymityFlag: '1',
            evaVersion: '1',
          },
          {
            ...records[0],
            pf: '4',
            userName: '张示例',
            userProp: '1',
            userPageType: '111',
            certKey: '990101195001010010',
            satisfaction: '3',
            evalDetail: '',
            writingEvaluation: '',
            assessTime: '2026-11-23 12:00:00',
            assessNumber: '2',
            serviceNumber: '2',
            acceptDate: '2026-09-15 10:00:00',
            anonymityFlag: '2',
          },
        ]);

        const { ratings, more } = await office.ratings.records({ officer: centre, ...days });
        expect(more).toBe(false);
        expect(ratings.map(({ id, number, late }) => [id, number, late])).toEqual([
          [first.id, 1, false],
          [uuid(5_104), 2, false],
        ]);
        expect(JSON.stringify(ratings)).not.toMatch(/张示例|990101195001010010/);
        expect(ratings[0]?.national).toMatchObject({ projectNo: '9901012026091400001', anonymityFlag: '1' });
        // Nobody reads how their own counter was rated, one by one.
        expect(await office.ratings.records({ officer: hall, ...days })).toEqual({ ratings: [], more: false });
        expect((await office.ratings.records({ officer: otherHall, ...days })).ratings).toHaveLength(2);
        const after = { officer: centre, ...days, after: first.id };
        expect((await office.ratings.records(after)).ratings.map(({ number }) => number)).toEqual([2]);
      } finally {
        await close();
      }
    },
  );

  it.skipIf(missing)(
    'that come late say so, and those without a reason or an item wait with their record',
    async () => {
      const { rate, send, office, close } = await open();
      try {
        expect(await send('/cases', caseOf(4))).toMatchObject({ status: 200 });
        expect(await rate(1, { ratedAt: '2026-09-13T23:59:00+08:00' })).toMatchObject({ status: 200 });
        expect(await rate(2, { level: 'dissatisfied' })).toMatchObject({ status: 200 });
        expect(await rate(4)).toMatchObject({ status: 200 });
        const { ratings } = await office.ratings.records({ officer: centre, ...days });
        expect(ratings.map(({ late, held, national }) => [late, held, national === undefined])).toEqual([
          [true, undefined, false],
          [false, 'reason-missing', true],
          [false, 'item-unknown', true],
        ]);
        // A bad rating is a bad review whether its reason was told or not.
        expect((await office.ratings.badReviews({ officer: hall, which: 'all' })).reviews).toHaveLength(1);
      } finally {
        await close();
      }
    },
  );

  it.skipIf(missing)(
    'that are bad open a review, which is put right, called back and closed, or appealed against',
    async () => {
      const { rate, step, office, until, close } = await open();
      try {
        expect(await rate(1, { level: 'very-dissatisfied', ...tags('108'), named: true })).toMatchObject({
          status: 200,
        });
        expect(await rate(2, { level: 'dissatisfied', text: '等了很久' })).toMatchObject({ status: 200 });
        expect(await rate(3)).toMatchObject({ status: 200 });
        const [named, anonymous] = [uuid(5_001), uuid(5_002)];
        const list = async (which: 'all' | 'open' | 'due-soon', officer = hall) =>
          (await office.ratings.badReviews({ officer, which })).reviews;
        const opened = {
          state: 'opened',
          openedOn: '2026-09-14',
          dueOn: '2026-10-10',
          warning: 'none',
          excluded: false,
        };
        expect(await list('open')).toEqual([
          expect.objectContaining({ ...opened, id: named, tags: ['108'], officialNumber: '9901012026091400001' }),
          expect.objectContaining({ ...opened, id: anonymous, text: '等了很久', itemName: sampleItem.name }),
        ]);
        expect((await list('open'))[1]).not.toHaveProperty('officialNumber');
        expect(JSON.stringify(await list('all'))).not.toMatch(/张示例|990101195001010010/);
        // Only the hall itself and those above the halls.
        expect(await list('all', otherHall)).toEqual([]);
        await expect(office.ratings.badReview({ officer: otherHall, id: named })).rejects.toMatchObject({
          status: 404,
        });
        await expect(step(otherHall, named, { kind: 'found-valid' })).rejects.toMatchObject({
          data: { reason: 'unknown-review' },
        });
        const refusedFor = (reason: string) => ({ code: 'REFUSED', data: { reason } });
        await expect(step(hall, named, { kind: 'closed', result: '好' })).rejects.toMatchObject(refusedFor('not-now'));

        until('2026-09-16T02:00:00Z');
        expect(await step(hall, named, { kind: 'found-valid' })).toMatchObject({ state: 'to-rectify' });
        until('2026-09-15T02:00:00Z');
        const measure = { kind: 'rectified', measure: '材料清单已更正' } as const;
        await expect(step(hall, named, measure)).rejects.toMatchObject(refusedFor('before-the-last-step'));
        until('2026-09-18T02:00:00Z');
        await expect(step(hall, named, { ...measure, measure: ' ' })).rejects.toMatchObject(refusedFor('words-needed'));
        expect(await step(hall, named, measure)).toMatchObject({ state: 'to-call-back', warning: 'none' });
        const again = { kind: 'called-back', answer: 'put-right' } as const;
        expect(await step(hall, named, again)).toMatchObject({ state: 'to-close' });
        expect(await step(hall, named, { kind: 'closed', result: '已整改并答复' })).toMatchObject({ state: 'closed' });
        const { trail } = await office.ratings.badReview({ officer: centre, id: named });
        expect(trail.map(({ at, officer, step: { kind } }) => [at.slice(0, 10), officer, kind])).toEqual([
          ['2026-09-16', hall, 'found-valid'],
          ['2026-09-18', hall, 'rectified'],
          ['2026-09-18', hall, 'called-back'],
          ['2026-09-18', hall, 'closed'],
        ]);

        expect(await step(hall, anonymous, { kind: 'appealed', evidence: ['窗口录像'] })).toMatchObject({
          state: 'appealed',
        });
        const decided = { kind: 'appeal-decided', excluded: true, why: '核对了录像' } as const;
        await expect(step(hall, anonymous, decided)).rejects.toMatchObject(refusedFor('own-appeal'));
        // Working day 14, 15 and 16 after 14 September, with the make-up days and without the holidays.
        const colours: [string, string, number][] = [
          ['2026-09-30T02:00:00Z', 'none', 0],
          ['2026-10-09T02:00:00Z', 'yellow', 1],
          ['2026-10-10T02:00:00Z', 'yellow', 1],
          ['2026-10-12T02:00:00Z', 'red', 1],
        ];
        for (const [at, warning, dueSoon] of colours) {
          until(at);
          expect([at, (await list('open'))[0]?.warning, (await list('due-soon')).length]).toEqual([
            at,
            warning,
            dueSoon,
          ]);
        }
        expect(await step(centre, anonymous, decided)).toMatchObject({
          state: 'to-close',
          excluded: true,
          warning: 'none',
        });
        expect(await step(centre, anonymous, { kind: 'closed', result: '误评' })).toMatchObject({ state: 'closed' });
        expect([await list('open'), (await list('all')).length]).toEqual([[], 2]);
        const { ratings } = await office.ratings.records({ officer: centre, ...days });
        expect(ratings.map(({ excluded }) => excluded)).toEqual([false, true, false]);
      } finally {
        await close();
      }
    },
  );

  it.skipIf(missing)('take a step of a review once for its key, and one of two at once', async () => {
    const { rate, office, close } = await open();
    try {
      await rate(1, { level: 'dissatisfied', ...tags('214') });
      const take = (key: number) =>
        office.ratings.takeReviewStep({
          headers: { 'idempotency-key': uuid(key) },
          body: { officer: hall, id: uuid(5_001), step: { kind: 'found-valid' } },
        });
      const results = await Promise.allSettled([take(1), take(2)]);
      expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      const key = results[0]?.status === 'fulfilled' ? 1 : 2;
      expect(await take(key)).toMatchObject({ state: 'to-rectify' });
      const { trail } = await office.ratings.badReview({ officer: hall, id: uuid(5_001) });
      expect(trail).toHaveLength(1);
      await expect(
        office.ratings.takeReviewStep({
          headers: { 'idempotency-key': uuid(key) },
          body: { officer: hall, id: uuid(5_001), step: { kind: 'closed', result: '好' } },
        }),
      ).rejects.toMatchObject({ code: 'KEY_REUSED' });
    } finally {
      await close();
    }
  });
});
