import { expect, test } from 'vitest';
import { ratingRecord } from './national-rating.ts';

const caseId = '019ab4c0-5a00-7000-8000-000000000001';
const rating = {
  id: '019ab4c0-5a00-7000-8000-000000000003',
  caseId,
  level: 'dissatisfied',
  channel: 'pad',
  ratedAt: '2026-11-22T09:31:00+08:00',
} as const;
const record = {
  id: caseId,
  provisionalNumber: 'YS-WL01-261122-0001-N',
  receiptCode: '8Q2MZC7PXA',
  officialNumber: '370000000001',
  itemCode: '11990101MB000001934990500001000',
  itemVersion: 1,
  itemName: '高龄津贴',
  department: '示例县民政局',
  handedInAt: '2026-11-22T09:30:00+08:00',
  receivedAt: '2026-11-22T09:30:10+08:00',
};
const rated = { record, item: undefined, dataSource: '537', now: '2026-11-22T09:32:00+08:00' };

test('tags go by their codes with the version of the list they were chosen from, though a newer one is in force', () => {
  const answer = ratingRecord({ ...rating, tags: { version: 7, codes: ['207', '299'] }, text: '排队太久' }, rated);
  expect(answer).toMatchObject({
    ok: true,
    value: { evalDetail: '207,299', evaVersion: '7', writingEvaluation: '排队太久', pf: '4', satisfaction: '2' },
  });
});

test('the addition to a rating has number 2', () => {
  expect(ratingRecord({ ...rating, level: 'satisfied', number: 2 }, rated)).toMatchObject({
    ok: true,
    value: { assessNumber: '2', anonymityFlag: '1' },
  });
});

test('what has no national record says why', () => {
  expect(ratingRecord(rating, rated)).toMatchObject({ ok: false, reason: 'reason-missing' });
  const unregistered = { ...rated, record: { ...record, officialNumber: null } };
  for (const [given, about] of [
    [{ ...rating, named: true as const }, rated],
    [{ ...rating, text: '慢' }, unregistered],
    [
      { ...rating, text: '慢' },
      { ...rated, record: { ...record, itemCode: '1' } },
    ],
  ] as const)
    expect(ratingRecord(given, about)).toMatchObject({ ok: false, reason: 'invalid' });
});
