import { expect, it } from 'vitest';
import type { CaseSupply } from '../../src/contract/case-calls.ts';
import { caseExample } from '../../src/contract/platform-examples.ts';
import type { CatalogueItem } from '../../src/domain/item.ts';
import {
  describeCases,
  idNumber,
  keyed,
  kioskId,
  monday,
  office,
  officer,
  photo,
  reason,
} from '../fixtures/case-bench.ts';
import { exampleItem } from '../fixtures/example-item.ts';

describeCases('pre-review on $name', (bench) => {
  it('gives one notice of all defects as soon as the last page has arrived, and takes just what it asks for', async () => {
    await bench.publish({
      ...exampleItem,
      materials: [
        ...exampleItem.materials,
        { ...exampleItem.materials[0], id: 'LETTER', name: '委托书' } as CatalogueItem['materials'][number],
      ],
    });
    const submission = { situations: {}, fields: { phone: 'x' } };
    const one = await bench.handIn(1, submission);
    const { changes } = await bench.kiosk.changes({ kioskId, after: '' });
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({
      kind: 'supplement',
      content: {
        caseId: one.id,
        defects: [
          { what: '这个问题没有回答：第一次办？', how: '请选择一项。' },
          { what: '“电话”填写有误', how: '请填写手机号，或者带区号的固定电话。' },
          { material: '委托书', what: '缺少“委托书”' },
        ],
      },
    });
    const asked = await bench.progress(one);
    expect(asked).toMatchObject({
      stage: 'applied',
      waitsFor: 'applicant',
      trail: [{ event: 'ask-supplement', by: 'rules' }],
    });
    // What may be supplied for each, and which notice it is: the same at the kiosk and to whoever asks.
    expect(asked.supplement?.defects.map(({ rule, on }) => [rule, on])).toEqual([
      ['pre-review.question-unanswered@1', ['first-time']],
      ['pre-review.field-wrong@1', ['phone']],
      ['pre-review.material-missing@1', ['LETTER']],
    ]);
    const { caseId: _caseId, ...told } = changes[0]?.content ?? {};
    expect(told).toEqual(asked.supplement);
    expect([asked.supplement?.givenAt, asked.itemCode]).toEqual([asked.trail?.at(-1)?.at, exampleItem.code]);
    expect(await reason(bench.move(one.id, { event: 'accept' }))).toBe('not-from-here');

    const letter = { id: 'LETTER', pages: photo(9).pages };
    const own = { kioskId: 'KSK9', number: one.receiptCode, idNumber };
    const good: CaseSupply = {
      ...own,
      situations: { 'first-time': 'no' },
      fields: { phone: '13900000000' },
      materials: [letter],
      noticeGivenAt: asked.supplement?.givenAt,
    };
    const send = (body: CaseSupply) => bench.kiosk.supplyCase({ headers: keyed(), body });
    const refusals: [Partial<CaseSupply>, string][] = [
      [{ number: 'nobody' }, 'unknown-case'],
      [{ idNumber: '990101194312310016' }, 'not-the-applicant'],
      [{ noticeGivenAt: '2026-11-20T09:00:00+08:00' }, 'not-from-here'],
      [{ fields: { phone: '13900000000', address: '别处' } }, 'not-asked-for'],
      [{ situations: {}, fields: {}, materials: [] }, 'nothing-supplied'],
      [{ materials: [{ id: 'LETTER', pages: photo(1).pages }] }, 'content-differs'],
      [{ materials: [letter, letter] }, 'content-differs'],
    ];
    for (const [change, why] of refusals) expect([why, await reason(send({ ...good, ...change }))]).toEqual([why, why]);
    const answer = await send(good);
    expect(answer.caseId).toBe(one.id);
    expect(await bench.progress(one)).toMatchObject({ stage: 'applied', waitsFor: 'department' });
    await bench.upload(one.id, [letter]);
    expect(await bench.progress(one)).toMatchObject({ stage: 'accepted' });
    const read = await bench.desk.cases.read({ office, caseId: one.id });
    expect(read).toMatchObject({
      state: 'handed-in',
      content: { fields: { phone: '13900000000' }, materials: [{ id: 'PHOTO-01' }, { id: 'LETTER' }] },
      trail: [{ event: 'ask-supplement' }, { event: 'supply', by: 'applicant', maker: { kioskId: 'KSK9' } }],
    });
    expect(await reason(send(good))).toBe('not-from-here');
    await bench.move(one.id, { event: 'accept' });
  });

  it('gives it once, however many pages arrive at the same time', async () => {
    await bench.publish(exampleItem);
    const pages = [1, 2, 3, 4].flatMap((serial) => photo(serial).pages);
    const body = { ...caseExample, materials: [{ ...photo(1), pages }], fields: {} };
    await bench.kiosk.submitCase({ headers: keyed(), body });
    await Promise.all(pages.map((page) => bench.upload(body.id, [{ id: 'PHOTO-01', pages: [page] }])));
    expect(await bench.told()).toEqual([['supplement', undefined]]);
  });

  it('asks the certificate library, and takes no paper for wrong that it does not know', async () => {
    await bench.publish({
      ...exampleItem,
      materials: exampleItem.materials.map((one) => ({ ...one, certificate: 'id-card' })),
    });
    const expired = { name: '王示例', idNumber: '990102199502284050' };
    expect(await bench.progress(await bench.handIn(1, { applicant: expired }))).toMatchObject({
      supplement: { defects: [{ material: '近期免冠照片', what: '“近期免冠照片”在提交那天已经过了有效期' }] },
    });
    expect(await bench.progress(await bench.handIn(2))).not.toHaveProperty('supplement');
  });

  it('finds nothing more in a round that it looked through, though a register says more by then', async () => {
    await bench.publish({
      ...exampleItem,
      materials: exampleItem.materials.map((one) => ({ ...one, certificate: 'id-card' })),
    });
    await bench.platform.setFault({ kind: 'registers-silent' });
    const one = await bench.handIn(1, { applicant: { name: '王示例', idNumber: '990102199502284050' } });
    await bench.platform.setFault({ kind: 'none' });
    await bench.upload(one.id, one.materials);
    await bench.restart();
    expect(await bench.told()).toEqual([]);
  });

  it('tells again what is still not right, and nothing of what is', async () => {
    await bench.publish(exampleItem);
    const one = await bench.handIn(1, { situations: {}, fields: {} });
    const own = { kioskId, number: one.provisionalNumber, idNumber, materials: [] };
    await bench.kiosk.supplyCase({
      headers: keyed(),
      body: { ...own, situations: { 'first-time': 'yes' }, fields: { phone: '1' } },
    });
    const { supplement, trail } = await bench.progress(one);
    expect(supplement?.defects).toMatchObject([{ what: '“电话”填写有误' }]);
    expect(trail?.map(({ event }) => event)).toEqual(['ask-supplement', 'supply', 'ask-supplement']);
  });

  it('[C-22] a ground that could have been told the first time is refused, and supervision hears of it once', async () => {
    await bench.publish(exampleItem);
    const one = await bench.handIn(1, { fields: {} });
    await bench.kiosk.supplyCase({
      headers: keyed(),
      body: {
        kioskId,
        number: one.provisionalNumber,
        idNumber,
        situations: {},
        fields: { phone: '13900000000' },
        materials: [],
      },
    });
    const ask = (on: string[]) =>
      bench.move(one.id, { event: 'ask-supplement', defects: [{ rule: 'office.blurred@1', on, what: '照片不清楚' }] });
    expect(await bench.desk.cases.lateGrounds({ office: 'supervision' })).toEqual({ events: [] });
    for (let times = 0; times < 2; times += 1) expect(await reason(ask(['PHOTO-01']))).toBe('late-grounds');
    expect(await bench.desk.cases.lateGrounds({ office: 'supervision' })).toEqual({
      events: [
        {
          caseId: one.id,
          round: 2,
          grounds: [{ rule: 'office.blurred@1', on: ['PHOTO-01'] }],
          at: monday,
          officer,
        },
      ],
    });
    expect(await bench.progress(one)).toMatchObject({ stage: 'accepted' });
    // What is new may be found fault with.
    expect(await ask(['phone'])).toMatchObject({ state: 'supplement', warning: 'stopped' });
  });

  it('goes by the version that the person saw, and leaves an item that was never published to the office', async () => {
    await bench.publish({ ...exampleItem, version: 2 });
    const one = await bench.handIn(1, { fields: {} });
    expect(await bench.told()).toEqual([]);
    expect(await bench.move(one.id, { event: 'accept' })).not.toHaveProperty('dueDay');
  });

  it('is made good at the next start when the process ended in between', async () => {
    const one = await bench.handIn(1, { fields: {} });
    await bench.publish(exampleItem);
    expect(await bench.told()).toEqual([]);
    await bench.restart();
    expect(await bench.told()).toEqual([['supplement', undefined]]);
    expect(await bench.progress(one)).toMatchObject({ supplement: { defects: [{ what: '没有填写“电话”' }] } });
  });
});
