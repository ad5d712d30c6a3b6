import { expect, it } from 'vitest';
import type { CatalogueItem } from '../../src/domain/item.ts';
import { describeCases, idNumber, keyed, kioskId, office, reason } from '../fixtures/case-bench.ts';
import { exampleItem, instantItem } from '../fixtures/example-item.ts';

describeCases('秒批 on $name', (bench) => {
  const withPhone = (last: number) => ({ fields: { phone: `1390000000${last}` } });

  it('approves on the spot when every rule holds, with the trace in plain words and without what was looked at', async () => {
    await bench.publish(instantItem);
    const one = await bench.handIn(1, withPhone(1));
    const told = await bench.progress(one);
    expect(told).toMatchObject({
      stage: 'decided',
      result: { outcome: 'granted', text: '符合公布的全部条件，由系统按规则直接批准。' },
      instant: {
        decision: 'approved',
        ruleVersion: 7,
        trace: [
          { says: '电话不是尾号2的。', outcome: 'holds' },
          { says: '电话是尾号1的。', outcome: 'holds' },
        ],
        mayAskReview: true,
      },
      trail: ['accept', 'start-review', 'approve'].map((event) => ({ event, by: 'rules' })),
    });
    expect(JSON.stringify(told)).not.toContain('13900000001');
    const { decision } = await bench.desk.cases.read({ office, caseId: one.id });
    expect(decision?.trace[1]?.seen).toEqual([{ fact: 'form.phone', value: '13900000001' }]);
    await bench.moveAll(one.id, 'make-certificate', 'deliver');
  });

  it('a refusal says all reasons, and a person looks at it when the applicant asks, once', async () => {
    await bench.publish(instantItem);
    const one = await bench.handIn(1, withPhone(2));
    expect(await bench.progress(one)).toMatchObject({
      stage: 'decided',
      result: { outcome: 'refused', text: expect.stringContaining('电话不是尾号2的。 您可以要求由工作人员复核') },
      instant: { mayAskReview: true },
    });
    const ask = (body: object) =>
      bench.kiosk.askCaseReview({ headers: keyed(), body: { kioskId, number: one.receiptCode, idNumber, ...body } });
    expect(await reason(ask({ idNumber: '990101194312310016' }))).toBe('not-the-applicant');
    expect((await bench.desk.cases.reviews({ office })).reviews).toEqual([]);
    await ask({});
    const open = await bench.progress(one);
    expect(open).toMatchObject({ stage: 'reviewing', instant: { mayAskReview: false } });
    expect(open).not.toHaveProperty('result');
    expect((await bench.desk.cases.reviews({ office })).reviews).toMatchObject([
      { caseId: one.id, askedBy: 'applicant', decision: { decision: 'refused' }, dueDay: '2026-12-02' },
    ]);
    await bench.move(one.id, { event: 'approve', text: '复核后准予' });
    expect(await bench.progress(one)).toMatchObject({
      stage: 'decided',
      result: { outcome: 'granted', text: '复核后准予' },
    });
    expect((await bench.desk.cases.reviews({ office })).reviews).toEqual([]);
    expect(await reason(ask({}))).toBe('reviewed-before');
  });

  it('leaves what is not certain to an officer', async () => {
    await bench.publish(instantItem);
    const one = await bench.handIn(1, withPhone(3));
    expect(await bench.progress(one)).toMatchObject({
      stage: 'reviewing',
      instant: { decision: 'human-review', mayAskReview: false },
    });
    expect((await bench.desk.cases.reviews({ office })).reviews).toMatchObject([{ caseId: one.id, askedBy: 'rules' }]);
    expect(
      await reason(
        bench.kiosk.askCaseReview({ headers: keyed(), body: { kioskId, number: one.receiptCode, idNumber } }),
      ),
    ).toBe('not-decided-by-rules');
    await bench.move(one.id, { event: 'reject', text: '不符合条件' });
    expect(await bench.progress(one)).toMatchObject({ result: { outcome: 'refused', text: '不符合条件' } });
  });

  const elder = { name: '欧阳试样', idNumber: '990101194312310016' };
  const byRegister: CatalogueItem = {
    ...exampleItem,
    instantApproval: {
      version: 2,
      rules: [
        { id: 'R01', says: '年满80周岁。', when: { fact: 'register.age', atLeast: 80 }, otherwise: 'refuse' },
        { id: 'R02', says: '户籍在本县。', when: { fact: 'register.region', is: '990101' }, otherwise: 'refuse' },
      ],
    },
  };

  it('asks the registers about the people of the application, and takes nothing for granted that they do not know', async () => {
    await bench.publish(byRegister);
    expect(await bench.progress(await bench.handIn(1, { applicant: elder }))).toMatchObject({
      instant: { decision: 'approved' },
    });
    expect(await bench.progress(await bench.handIn(2))).toMatchObject({
      stage: 'reviewing',
      instant: { decision: 'human-review', trace: [{ outcome: 'unknown' }, { outcome: 'unknown' }] },
    });
    await bench.platform.setFault({ kind: 'registers-silent' });
    expect(await bench.progress(await bench.handIn(3, { applicant: elder }))).toMatchObject({
      instant: { decision: 'human-review' },
    });
  });
});
