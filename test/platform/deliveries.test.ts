import { afterAll, describe, expect, it } from 'vitest';
import { caseExample } from '../../src/contract/platform-examples.ts';
import { closeEngines, platformEngines } from '../fixtures/platform-engines.ts';
import { officeClient } from '../fixtures/office-client.ts';

afterAll(closeEngines);
const key = (index: number) => `019ab4c0-5a00-7000-8000-${String(index).padStart(12, '0')}`;
const officer = { office: 'MZJ', id: '007' };
const caseId = caseExample.id;
const parcel = {
  kind: 'delivery',
  waybill: 'EX1234567890',
  carrier: '示例快递',
  state: 'sent',
  at: '2026-11-22T10:00:00+08:00',
} as const;
const bill = {
  kind: 'payment',
  bill: 'JF-2026-0001',
  name: '工本费',
  amountFen: 2_000,
  state: 'due',
  at: '2026-11-22T10:00:00+08:00',
} as const;

describe.each(platformEngines)('parcels, bills and seals on $name', ({ missing, start }) => {
  it.skipIf(missing)('are kept in their order, told to the kiosk of the case and refused out of order', async () => {
    const stored = await start();
    const { url } = stored.platform;
    const { deliveries } = officeClient(url);
    type Record = Parameters<typeof deliveries.record>[0]['body']['record'];
    const record = (index: number, one: Record, of = caseId) =>
      deliveries.record({ headers: { 'idempotency-key': key(index) }, body: { officer, caseId: of, record: one } });
    const send = async (path: string, body: object) => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': key(1) };
      return (await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).json();
    };
    const refused = (reason: string) => ({ code: 'REFUSED', data: { reason } });
    try {
      await expect(record(2, parcel)).rejects.toMatchObject(refused('unknown-case'));
      await send('/cases', caseExample);
      expect(await deliveries.list({ caseId })).toEqual({ records: [] });
      const first = await record(2, parcel);
      expect(await record(2, parcel)).toEqual(first);
      await expect(record(3, { ...parcel, waybill: 'EX99', state: 'received' })).rejects.toMatchObject(
        refused('not-from-here'),
      );
      await expect(record(3, { ...parcel, state: 'received', at: '2026-11-22T09:00:00+08:00' })).rejects.toMatchObject(
        refused('before-the-last'),
      );
      await record(3, bill);
      await expect(record(4, { ...bill, state: 'paid', amountFen: 1 })).rejects.toMatchObject(refused('bill-differs'));
      await record(4, { ...bill, state: 'paid' });
      await record(5, { ...parcel, state: 'received', at: '2026-11-23T10:00:00+08:00' });
      const { records } = await deliveries.list({ caseId });
      expect(records.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
        'delivery sent',
        'payment due',
        'payment paid',
        'delivery received',
      ]);
      const notes = [
        {
          kind: 'delivery',
          carrier: '示例快递',
          waybillEnd: '7890',
          state: 'received',
          at: '2026-11-23T10:00:00+08:00',
        },
        { kind: 'payment', name: '工本费', amountFen: 2_000, state: 'paid', at: bill.at },
      ];
      const page = await send('/changes', { kioskId: caseExample.kioskId, after: '' });
      expect(page.changes.map(({ kind }: { kind: string }) => kind)).toEqual(
        Array.from({ length: 4 }, () => 'side-records'),
      );
      expect(page.changes.at(-1).content).toEqual({ caseId, records: notes });
      expect(await send('/progress', { number: caseExample.provisionalNumber })).toMatchObject({ records: notes });
    } finally {
      await stored.close();
    }
  });
});
