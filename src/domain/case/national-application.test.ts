import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { hallClock } from '../calendar/day.ts';
import {
  applicationRecord,
  nationalApplication,
  readCompactTime,
  type HandedInApplication,
} from './national-application.ts';

const pledge = {
  promises: ['本人住在这里。'],
  duties: ['配合核查。'],
  consequences: ['终止办理。'],
  basis: { title: '办法', article: '第一条', text: '可以承诺。' },
};
const handedIn: HandedInApplication = {
  provisionalNumber: 'YS-WL01-261122-0001-N',
  receiptCode: '8Q2MZC7PXA',
  hallCode: '990101',
  itemCode: '11990101MB000001934990500001000',
  itemVersion: 3,
  itemName: '高龄津贴',
  department: '示例县民政局',
  handedInAt: '2026-11-22T01:30:00Z',
  applicant: { name: '张示例', idNumber: '990101195001010010' },
  situations: { first: 'yes' },
  fields: { phone: '13900000000' },
  materials: [
    { id: 'M1', name: '户口簿', pages: [{ id: 'p1', sha256: 'a'.repeat(64) }] },
    { id: 'M2', name: '出生医学证明', pages: [], certificate: '1.2.156.3005.2.1.1.2026000027.001.Y' },
    { id: 'M3', name: '居住证明', pages: [], commitment: true, pledge },
    { id: 'M4', name: '无犯罪记录', pages: [], networkCheck: 'asked' },
  ],
  signature: 'iVBORw0KGgo=',
  parts: [{ code: 'A', name: '甲', department: '甲局', fields: { x: '1' }, materials: ['M1'] }],
};

test('an application has the codes and times of GB/T 39046, and everything that was handed in', () => {
  const record = nationalApplication.parse(applicationRecord(handedIn));
  expect(record).toMatchObject({
    applyNo: handedIn.provisionalNumber,
    queryCode: handedIn.receiptCode,
    taskCode: handedIn.itemCode,
    taskVersion: '3',
    // A.4: a natural person. A.5: 其他, which a terminal is.
    serviceObject: '1',
    applyForm: '9',
    // By the hall's clock.
    applyTime: '20261122T093000',
    deptCode: '11990101MB00000193',
    areaCode: '990101000000',
    materials: [
      {
        materialCode: 'M1',
        materialName: '户口簿',
        certificateId: '',
        pages: [{ pageId: 'p1', sha256: 'a'.repeat(64) }],
      },
      {
        materialCode: 'M2',
        certificateId: '1.2.156.3005.2.1.1.2026000027.001.Y',
        commitmentFlag: '0',
        commitmentText: '',
        networkCheck: '',
        pages: [],
      },
      {
        materialCode: 'M3',
        certificateId: '',
        commitmentFlag: '1',
        commitmentText: JSON.stringify(pledge),
        networkCheck: '',
        pages: [],
      },
      {
        materialCode: 'M4',
        certificateId: '',
        commitmentFlag: '0',
        commitmentText: '',
        networkCheck: 'asked',
        pages: [],
      },
    ],
    parts: [{ partCode: 'A', materialCodes: ['M1'] }],
  });
  expect(JSON.parse(record.formInfo)).toEqual({ situations: { first: 'yes' }, fields: { phone: '13900000000' } });
  expect(record.parts.map(({ formInfo }) => JSON.parse(formInfo))).toEqual([{ fields: { x: '1' } }]);
});

test.each([
  ['all-online', '全程网办'],
  ['collect-and-forward', '异地代收代办'],
  ['joint', '多地联办'],
] as const)('an application from another home region says which one, and that it is %s', (mode, name) => {
  expect(applicationRecord(handedIn)).toMatchObject({ homeAreaCode: '', crossRegionMode: '' });
  const chosen = { ...handedIn, crossRegion: { homeRegion: '990201', mode } };
  expect(nationalApplication.parse(applicationRecord(chosen))).toMatchObject({
    homeAreaCode: '990201000000',
    crossRegionMode: name,
  });
});

test('what the record has no place for is refused by it', () => {
  const fits = (change: Partial<HandedInApplication>): boolean =>
    nationalApplication.safeParse(applicationRecord({ ...handedIn, ...change })).success;
  expect(fits({})).toBe(true);
  expect(fits({ itemCode: '199905000010' })).toBe(false);
  expect(fits({ itemCode: `11990101MB0000019I${handedIn.itemCode.slice(18)}` })).toBe(false);
  expect(fits({ hallCode: '9901010000001' })).toBe(false);
  expect(fits({ applicant: { name: ' ', idNumber: '990101195001010010' } })).toBe(false);
});

test('a time is read back as the same instant, and nothing else is a time', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date('2999-01-01T00:00:00Z'), noInvalidDate: true }), (date) => {
      const second = new Date(Math.floor(date.getTime() / 1_000) * 1_000);
      const text = hallClock(second.toISOString()).replaceAll(/[-:]/g, '');
      expect(Date.parse(readCompactTime(text) ?? '')).toBe(second.getTime());
    }),
  );
  for (const text of ['', '2026-11-22T09:30:00', '20261322T093000', '20261122093000'])
    expect(readCompactTime(text)).toBeUndefined();
});
