import * as fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import published from '../../../resources/ratings/tags.json' with { type: 'json' };
import { ratingLevels } from '../rating-levels.ts';
import { giveRating, type RatingPress } from './given-rating.ts';
import {
  nationalRating,
  prepareUpload,
  uploadKey,
  type NationalRating,
  type RatedMatter,
  type Rater,
} from './national-rating.ts';
import { badLevels } from '../rating-levels.ts';
import { readTagList, tagsFor } from './tags.ts';

function must<T>(result: { ok: true; value: T } | { ok: false; reason: string }): T {
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}

const list = must(readTagList(published));
const press: RatingPress = {
  matter: '0198f000-0000-7000-8000-000000000001',
  number: 1,
  level: 'dissatisfied',
  source: 'page',
  tags: ['207', '214'],
  text: '等了一个上午',
  at: '2026-11-22T23:59:59+08:00',
};
const matter: RatedMatter = {
  officialNumber: '11990101MB000001934990500001000202611220001',
  department: { name: '安澜县民政局', creditCode: '11990101MB00000193' },
  itemCode: '11990101MB000001934990500001000',
  itemName: '80周岁以上老年人高龄津贴申领',
  kind: 'promised',
  audience: 'person',
  state: 'waiting',
  servedTimes: 1,
  dataSource: '165',
};
const accepted: RatedMatter = {
  ...matter,
  variantCode: `${matter.itemCode}01`,
  kind: 'on-the-spot',
  state: 'finished',
  acceptedAt: '2026-11-22T02:00:00Z',
};
const named: Rater = {
  kind: 'person',
  applicant: { name: '欧阳试样', documentType: '111', documentNumber: '990101194312310016' },
  agent: { name: '张试', documentType: '111', documentNumber: '990101199001010017' },
};
const soon = '2026-11-22T23:59:59.900+08:00';
const upload = (change: Partial<RatingPress> = {}, facts = matter, rater: Rater = 'anonymous', at = soon) =>
  must(prepareUpload(must(giveRating({ ...press, ...change }, list)), facts, rater, at, new Set()));

const anonymousRecord: NationalRating = {
  projectNo: '11990101MB000001934990500001000202611220001',
  pf: '5',
  deptCode: '11990101MB00000193',
  taskCode: '11990101MB000001934990500001000',
  taskHandleItem: '',
  taskName: '80周岁以上老年人高龄津贴申领',
  subMatter: '1',
  proStatus: '1',
  proDepart: '安澜县民政局',
  userName: '',
  userProp: '',
  userPageType: '',
  certKey: '',
  handleUserName: '',
  handleUserPageType: '',
  handleUserPageCode: '',
  satisfaction: '2',
  evalDetail: '207,214',
  writingEvaluation: '等了一个上午',
  assessTime: '2026-11-22 23:59:59',
  assessNumber: '1',
  serviceNumber: '1',
  dataSource: '165',
  promisetime: '2',
  acceptDate: '',
  anonymityFlag: '1',
  evaVersion: '1',
};

describe('[P-11] the upload of a rating', () => {
  test('has all national fields, and none about the person when it is anonymous', () => {
    expect(upload()).toStrictEqual({ record: anonymousRecord, late: false });
  });

  test('names applicant and agent when the person wants it', () => {
    expect(upload({ number: 2 }, accepted, named).record).toStrictEqual({
      ...anonymousRecord,
      taskHandleItem: '11990101MB00000193499050000100001',
      proStatus: '3',
      userName: '欧阳试样',
      userProp: '1',
      userPageType: '111',
      certKey: '990101194312310016',
      handleUserName: '张试',
      handleUserPageType: '111',
      handleUserPageCode: '990101199001010017',
      assessNumber: '2',
      promisetime: '1',
      acceptDate: '2026-11-22 10:00:00',
      anonymityFlag: '2',
    });
    const alone: Rater = { kind: named.kind, applicant: named.applicant };
    expect(upload({}, matter, alone).record).toMatchObject({ userName: '欧阳试样', handleUserName: '' });
  });

  test('says 5 for the page, 4 for the pad, 3 for the code, and nothing else is a route', () => {
    const sent = (['page', 'pad', 'qr'] as const).map((source) => upload({ source }).record.pf);
    expect(sent).toStrictEqual(['5', '4', '3']);
    for (const pf of ['', '0', '1', '2', '6', '7', '8', '9']) {
      expect(nationalRating.safeParse({ ...anonymousRecord, pf }).success).toBe(false);
    }
  });

  test('is late when the day it was given on is over', () => {
    const lateOf = (at: string) => upload({}, matter, 'anonymous', at).late;
    expect(lateOf('2026-11-22T15:59:59.999Z')).toBe(false);
    expect(lateOf('2026-11-22T16:00:00Z')).toBe(true);
    expect(lateOf('2026-12-02T08:00:00+08:00')).toBe(true);
  });

  test('is refused the second time for the same case and number, whatever it says', () => {
    const other = must(giveRating({ ...press, level: 'satisfied', tags: [], source: 'pad' }, list));
    const keys = new Set([uploadKey(anonymousRecord)]);
    expect(prepareUpload(other, matter, 'anonymous', soon, keys)).toStrictEqual({ ok: false, reason: 'duplicate' });
    const second = must(giveRating({ ...press, number: 2 }, list));
    expect(prepareUpload(second, matter, 'anonymous', soon, keys).ok).toBe(true);
    const elsewhere = { ...matter, officialNumber: '11990101MB000001934990500001000202611220002' };
    expect(prepareUpload(other, elsewhere, 'anonymous', soon, keys).ok).toBe(true);
  });

  test('is not made out of a case that does not fit; the answer names fields and no values', () => {
    const rating = must(giveRating(press, list));
    const wrong = { ...matter, dataSource: '16', department: { name: '安澜县民政局', creditCode: 'I' } };
    expect(prepareUpload(rating, wrong, named, soon, new Set())).toStrictEqual({
      ok: false,
      reason: 'malformed',
      detail: 'deptCode, dataSource',
    });
  });

  test('carries the level that was pressed as the national number, and a reason for 1 and 2', () => {
    const presses = fc.constantFrom(...ratingLevels).chain((level) =>
      fc.record({
        level: fc.constant(level),
        tags: fc.subarray(
          tagsFor(list, level, 'on-site').map(({ code }) => code),
          { minLength: badLevels.has(level) ? 1 : 0 },
        ),
        text: fc.constantFrom('', '还行'),
        number: fc.constantFrom(1 as const, 2 as const),
        source: fc.constantFrom('page' as const, 'pad' as const, 'qr' as const),
      }),
    );
    fc.assert(
      fc.property(presses, fc.constantFrom(matter, accepted), fc.boolean(), (change, facts, byName) => {
        const { record } = upload(change, facts, byName ? named : 'anonymous');
        expect(5 - Number(record.satisfaction)).toBe(ratingLevels.indexOf(change.level));
        expect(record.evalDetail.split(',').filter(Boolean)).toStrictEqual(change.tags);
        expect(nationalRating.parse(record)).toStrictEqual(record);
        if (!byName) expect(JSON.stringify(record)).not.toMatch(/欧阳试样|张试|9901011943|9901011990/);
      }),
    );
  });

  test('no field can be left out and none added, so no mark for a level by the system either', () => {
    for (const field of Object.keys(anonymousRecord)) {
      const { [field as keyof NationalRating]: _, ...rest } = anonymousRecord;
      expect(nationalRating.safeParse(rest).success).toBe(false);
    }
    expect(nationalRating.safeParse(anonymousRecord).success).toBe(true);
    expect(nationalRating.safeParse({ ...anonymousRecord, isprotion: '1' }).success).toBe(false);
    expect(nationalRating.safeParse({}).success).toBe(false);
    expectTypeOf(prepareUpload).parameter(0).not.toExtend<null | undefined>();
    expectTypeOf<RatingPress>().not.toExtend<Parameters<typeof prepareUpload>[0]>();
  });

  test.each([
    ['a level below 3 without a reason', { evalDetail: '', writingEvaluation: '' }],
    ['a name in an anonymous one', { userName: '张试' }],
    ['a named one without a name', { anonymityFlag: '2' }],
    ['a third rating', { assessNumber: '3' }],
    ['tags without commas', { evalDetail: '207214' }],
    ['GB/T 39046 time', { assessTime: '20261122T093015' }],
  ])('the schema refuses %s', (_, change) => {
    expect(nationalRating.safeParse({ ...anonymousRecord, ...change }).success).toBe(false);
  });
});
