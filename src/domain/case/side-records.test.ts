import { describe, expect, test } from 'vitest';
import { mayFollow, noteOf, sideNote, sideRecord, subjectOf, type SideRecord } from './side-records.ts';

const inquiry = (state: 'asked' | 'confirmed' | 'not-found'): SideRecord => ({
  kind: 'data',
  request: '019ab4c0-5a00-7000-8000-000000000001',
  name: '低保资格',
  department: '民政局',
  state,
  at: at(0),
});
const at = (minute: number) => `2026-11-22T09:${String(minute).padStart(2, '0')}:00+08:00`;
const parcel = (state: 'sent' | 'on-the-way' | 'received' | 'returned', minute = 0): SideRecord => ({
  kind: 'delivery',
  waybill: 'EX1234567890',
  carrier: '示例快递',
  state,
  at: at(minute),
});
const bill = (state: 'due' | 'paid' | 'refunded', change: { amountFen?: number; name?: string } = {}): SideRecord => ({
  kind: 'payment',
  bill: 'JF-2026-0001',
  name: '工本费',
  amountFen: 2_000,
  ...change,
  state,
  at: at(0),
});
const sealed: SideRecord = {
  kind: 'seal',
  document: 'WS-2026-0001',
  name: '准予行政许可决定书',
  seal: '990101000001',
  sha256: 'a'.repeat(64),
  state: 'sealed',
  at: at(0),
};

describe('[P-16] a record of logistics, payment or seal', () => {
  test('is as GB/T 39046 6.9 has it, and nothing more', () => {
    for (const record of [parcel('sent'), bill('due'), sealed, inquiry('asked')]) {
      expect(sideRecord.parse(record)).toEqual(record);
      expect(sideRecord.safeParse({ ...record, phone: '13900000000' }).success).toBe(false);
      expect(sideRecord.safeParse({ ...record, at: '2026-11-22 09:00:00' }).success).toBe(false);
      expect(sideRecord.safeParse({ ...record, state: 'lost' }).success).toBe(false);
      expect(sideNote.parse(noteOf(record))).toEqual(noteOf(record));
    }
    expect(sideRecord.safeParse({ ...bill('due'), amountFen: 0 }).success).toBe(false);
    expect(sideRecord.safeParse({ ...bill('due'), amountFen: 0.5 }).success).toBe(false);
    expect(sideRecord.safeParse({ ...sealed, sha256: 'A'.repeat(64) }).success).toBe(false);
  });

  test('is about one parcel, bill or document', () => {
    expect([parcel('sent'), bill('due'), sealed, inquiry('asked')].map(subjectOf)).toEqual([
      'delivery EX1234567890',
      'payment JF-2026-0001',
      'seal WS-2026-0001',
      'data 019ab4c0-5a00-7000-8000-000000000001',
    ]);
  });

  test('tells the applicant no whole number of a parcel and no hash', () => {
    expect(noteOf(parcel('sent'))).toMatchObject({ waybillEnd: '7890' });
    expect(JSON.stringify([parcel('sent'), bill('paid'), sealed].map(noteOf))).not.toMatch(/EX12345|JF-2026|aaaa/);
  });
});

describe('the states of one', () => {
  test.each<[SideRecord | undefined, SideRecord]>([
    [undefined, parcel('sent')],
    [parcel('sent'), parcel('on-the-way', 1)],
    [parcel('on-the-way'), parcel('on-the-way')],
    [parcel('sent'), parcel('received', 1)],
    [parcel('on-the-way'), parcel('returned', 1)],
    [undefined, bill('due')],
    [bill('due'), bill('paid')],
    [bill('paid'), bill('refunded')],
    [undefined, sealed],
    [undefined, inquiry('asked')],
    [undefined, inquiry('confirmed')],
    [inquiry('asked'), inquiry('not-found')],
  ])('may follow on each other', (last, next) => {
    expect(mayFollow(last, next)).toEqual({ ok: true, value: undefined });
  });

  test.each<[string, SideRecord | undefined, SideRecord]>([
    ['not-from-here', undefined, parcel('received')],
    ['not-from-here', parcel('received'), parcel('on-the-way', 1)],
    ['not-from-here', parcel('sent'), parcel('sent', 1)],
    ['not-from-here', undefined, bill('paid')],
    ['not-from-here', bill('paid'), bill('paid')],
    ['not-from-here', bill('due'), bill('refunded')],
    ['not-from-here', sealed, sealed],
    ['not-from-here', inquiry('confirmed'), inquiry('not-found')],
    ['not-from-here', undefined, inquiry('not-found')],
    ['bill-differs', bill('due'), bill('paid', { amountFen: 2_001 })],
    ['bill-differs', bill('due'), bill('paid', { name: '登记费' })],
    ['before-the-last', parcel('sent', 5), parcel('on-the-way', 4)],
  ])('may not: %s', (reason, last, next) => {
    expect(mayFollow(last, next)).toMatchObject({ ok: false, reason });
  });
});
