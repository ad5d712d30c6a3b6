import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { caseExample } from '../../src/contract/platform-examples.ts';
import { RESULTS_PER_PAGE } from '../../src/platform/limits.ts';
import { describeCases, idNumber, keyed, kioskId, officer } from '../fixtures/case-bench.ts';
import { exampleItem, instantItem } from '../fixtures/example-item.ts';
import { newborn, newbornSubmission } from '../fixtures/life-event.ts';

const { hallCode } = caseExample;

describeCases('results on $name', (bench) => {
  const results = (before?: number) =>
    bench.kiosk.publicResults({ kioskId, hallCode, ...(before !== undefined && { before }) });

  it('are public once they are granted, the newest first, with nothing of the person but the masked name', async () => {
    const idInName = `高龄津贴 ${idNumber}`;
    const one = await bench.handIn(1, { itemName: idInName, fields: { phone: '13900000000' } });
    await bench.handIn(2);
    const refused = await bench.handIn(3);
    await bench.moveAll(one.id, 'accept', 'start-review');
    await bench.moveAll(refused.id, 'accept', 'start-review');
    await bench.move(refused.id, { event: 'reject', text: '李某的材料不真实。' });
    expect(await results()).toEqual({ results: [] });
    bench.time.now = new Date('2026-11-24T17:00:00Z');
    await bench.move(one.id, { event: 'approve', text: `准予，电话13900000000。` });
    const { officialNumber } = await bench.progress(one);
    const list = await results();
    expect(list).toEqual({
      results: [
        {
          numberEnd: officialNumber.slice(-4),
          itemName: '高龄津贴 ****',
          department: caseExample.department,
          applicant: '张**',
          decidedOn: '2026-11-25',
        },
      ],
    });
    const said = JSON.stringify(list);
    for (const secret of [caseExample.applicant.name, idNumber, '13900000000', officialNumber, one.receiptCode, '李某'])
      expect(said).not.toContain(secret);
    expect(said).not.toMatch(/\d{17}[\dX]|1\d{10}/);
    expect(await bench.kiosk.publicResults({ kioskId, hallCode: '990102' })).toEqual({ results: [] });
  });

  it('are taken back while a person looks at the decision again', async () => {
    await bench.publish(instantItem);
    const one = await bench.handIn(1, { fields: { phone: '13900000001' } });
    expect((await results()).results).toHaveLength(1);
    const own = { kioskId, number: one.provisionalNumber, idNumber };
    await bench.kiosk.askCaseReview({ headers: keyed(), body: own });
    expect((await results()).results).toEqual([]);
    await bench.move(one.id, { event: 'approve' });
    expect((await results()).results).toHaveLength(1);
  });

  it('are each part of an 一件事, by its own department', async () => {
    const whole = await bench.handIn(1, newbornSubmission(1));
    const [part] = newborn.parts ?? [];
    const office = part?.department.creditCode ?? '';
    const { cases } = await bench.desk.cases.list({ office, states: [], after: '' });
    for (const event of ['accept', 'start-review', 'approve'] as const)
      await bench.move(cases[0]?.caseId ?? whole.id, { event }, { office, id: '1' });
    expect((await results()).results).toMatchObject([{ itemName: part?.name, department: part?.department.name }]);
  });

  it('come page by page, each line once, while others are added', async () => {
    await bench.publish(instantItem);
    const count = RESULTS_PER_PAGE + 5;
    const approve = (serial: number) => bench.handIn(serial, { fields: { phone: '13900000001' } });
    for (let serial = 1; serial <= count; serial += 1) await approve(serial);
    const first = await results();
    expect(first.results).toHaveLength(RESULTS_PER_PAGE);
    await approve(count + 1);
    const second = await results(first.next);
    expect(second).toEqual({ results: expect.any(Array) });
    const ends = [...first.results, ...second.results].map(({ numberEnd }) => Number(numberEnd));
    expect(ends).toEqual(Array.from({ length: count }, (_none, index) => count - index));
  });

  it('have documents that anybody can check against their seal', async () => {
    await bench.publish(exampleItem);
    const one = await bench.handIn(1);
    const pdf = Buffer.from('%PDF-1.7\n准予行政许可决定书\n%%EOF\n');
    const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    const at = '2026-11-23T09:30:00+08:00';
    const name = '准予行政许可决定书';
    await bench.desk.deliveries.record({
      headers: keyed(),
      body: {
        officer,
        caseId: one.id,
        record: {
          kind: 'seal',
          document: 'WS-2026-0001',
          name,
          seal: '990101000001',
          sha256: hash(pdf),
          state: 'sealed',
          at,
        },
      },
    });
    const check = (bytes: Uint8Array, document = 'WS-2026-0001') =>
      bench.kiosk.checkDocument({ kioskId, document, sha256: hash(bytes) });
    const sealed = { name, seal: '990101000001', at };
    expect(await check(pdf)).toEqual({ valid: true, sealed });
    for (const index of pdf.keys()) {
      const tampered = Buffer.from(pdf);
      tampered[index] = (tampered[index] ?? 0) ^ 1;
      expect(await check(tampered)).toEqual({ valid: false, flaw: 'content-changed', sealed });
    }
    expect(await check(pdf, 'WS-2026-0002')).toEqual({ valid: false, flaw: 'unknown-document' });
  });
});
