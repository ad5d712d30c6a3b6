import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { OfficeMove } from '../../src/contract/office/cases.ts';
import type { CaseSubmission } from '../../src/contract/platform-api.ts';
import { caseExample } from '../../src/contract/platform-examples.ts';
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

describeCases('cases on $name', (bench) => {
  it('go all the way to 办结, each step in the trail, with its day and colour, and told to the kiosk', async () => {
    await bench.publish(exampleItem);
    const one = await bench.handIn(1);
    expect(await bench.desk.cases.list({ office, states: [], after: '' })).toMatchObject({
      more: false,
      cases: [
        {
          caseId: one.id,
          state: 'handed-in',
          applicant: '张**',
          waitsFor: 'department',
          pagesMissing: 0,
          dueDay: '2026-11-30',
          warning: 'none',
        },
      ],
    });
    expect(await bench.progress(one)).toMatchObject({ stage: 'accepted' });
    expect(await bench.move(one.id, { event: 'accept' })).toMatchObject({ state: 'accepted', dueDay: '2026-12-02' });
    await bench.move(one.id, { event: 'start-review' });
    bench.time.now = new Date('2026-11-24T01:00:00Z');
    expect(await bench.move(one.id, { event: 'start-special-procedure', procedure: 'hearing' })).toMatchObject({
      state: 'special-procedure',
      warning: 'stopped',
    });
    bench.time.now = new Date('2026-11-26T01:00:00Z');
    expect(await bench.move(one.id, { event: 'end-special-procedure' })).toMatchObject({ dueDay: '2026-12-04' });
    expect(await bench.move(one.id, { event: 'extend', extendedBy: 3 })).toMatchObject({ dueDay: '2026-12-09' });
    expect(await reason(bench.move(one.id, { event: 'extend', extendedBy: 3 }))).toBe('extended-before');
    bench.time.now = new Date('2026-12-08T01:00:00Z');
    expect((await bench.desk.cases.list({ office, states: ['review'], after: '' })).cases).toMatchObject([
      { warning: 'yellow' },
    ]);
    bench.time.now = new Date('2026-12-10T01:00:00Z');
    expect((await bench.desk.cases.list({ office, states: ['review'], after: '' })).cases).toMatchObject([
      { warning: 'red' },
    ]);
    await bench.move(one.id, { event: 'approve', text: '准予发证' });
    expect(await bench.progress(one)).toMatchObject({
      stage: 'decided',
      result: { outcome: 'granted', text: '准予发证' },
      dueDay: '2026-12-24',
      waitsFor: 'department',
    });
    await bench.moveAll(one.id, 'make-certificate', 'deliver', 'close');
    const read = await bench.desk.cases.read({ office, caseId: one.id });
    expect(read).toMatchObject({ state: 'closed', content: { applicant: { idNumber } } });
    expect(read.content).not.toHaveProperty('signature');
    expect(read.trail.map(({ event, at }) => [event, at.slice(0, 10)])).toEqual([
      ['accept', '2026-11-23'],
      ['start-review', '2026-11-23'],
      ['start-special-procedure', '2026-11-24'],
      ['end-special-procedure', '2026-11-26'],
      ['extend', '2026-11-26'],
      ['approve', '2026-12-10'],
      ['make-certificate', '2026-12-10'],
      ['deliver', '2026-12-10'],
      ['close', '2026-12-10'],
    ]);
    expect(read.trail.every(({ maker }) => maker.kind === 'officer' && maker.id === officer.id)).toBe(true);
    expect(await bench.told()).toEqual(
      [
        'accepted',
        'reviewing',
        'reviewing',
        'reviewing',
        'reviewing',
        'decided',
        'decided',
        'delivered',
        'delivered',
      ].map((stage) => ['case-state', stage]),
    );
    const told = await bench.progress(one);
    expect(told).toMatchObject({ stage: 'delivered', waitsFor: 'nobody', result: { outcome: 'granted' } });
    expect(told.trail?.at(-1)).toMatchObject({ event: 'close', by: 'department' });
  });

  it('[P-10] illegal moves are refused with their reason and leave nothing behind', async () => {
    await bench.publish(exampleItem);
    const one = await bench.handIn(1);
    const refusals: [OfficeMove, string, typeof officer?][] = [
      [{ event: 'approve' }, 'not-from-here'],
      [{ event: 'accept' }, 'other-office', { ...officer, office: 'another' }],
      [{ event: 'ask-supplement', defects: [] }, 'nothing-to-notice'],
      [
        {
          event: 'ask-supplement',
          defects: ['一', '二'].map((what) => ({ rule: 'office@1', on: ['phone'], what })),
        },
        'ground-twice',
      ],
    ];
    for (const [what, why, by] of refusals)
      expect([what.event, await reason(bench.move(one.id, what, by))]).toEqual([what.event, why]);
    expect(await reason(bench.move(randomUUID(), { event: 'accept' }))).toBe('unknown-case');
    const half = {
      ...caseExample,
      materials: [photo(2)],
      id: randomUUID(),
      provisionalNumber: 'HALF',
      receiptCode: 'HALF-R',
    };
    await bench.kiosk.submitCase({ headers: keyed(), body: half });
    expect(await reason(bench.move(half.id, { event: 'accept' }))).toBe('pages-missing');
    await bench.move(one.id, { event: 'refuse-acceptance', text: '不属于本机关职权' });
    expect(await reason(bench.move(one.id, { event: 'accept' }))).toBe('case-is-over');
    expect(await bench.progress(one)).toMatchObject({
      stage: 'decided',
      result: { outcome: 'refused', text: '不属于本机关职权' },
    });
    expect((await bench.desk.cases.read({ office, caseId: one.id })).trail).toHaveLength(1);
    expect(await bench.told()).toHaveLength(1);
    await expect(bench.desk.cases.read({ office: 'another', caseId: one.id })).rejects.toMatchObject({
      code: 'UNKNOWN_CASE',
    });
  });

  it('a move is made once for its key', async () => {
    const one = await bench.handIn(1);
    const headers = keyed();
    const body = { officer, caseId: one.id, move: { event: 'accept' as const } };
    const answer = await bench.desk.cases.move({ headers, body });
    expect(await bench.desk.cases.move({ headers, body })).toEqual(answer);
    expect(await bench.told()).toEqual([['case-state', 'accepted']]);
    const other = { ...body, move: { event: 'start-review' as const } };
    expect(await reason(bench.desk.cases.move({ headers, body: other }))).toBe('KEY_REUSED');
  });

  it('two officers at once move a case once', async () => {
    const one = await bench.handIn(1);
    const both = await Promise.allSettled([1, 2, 3].map(() => bench.move(one.id, { event: 'accept' })));
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await bench.desk.cases.read({ office, caseId: one.id })).trail).toHaveLength(1);
  });

  it('a list comes in pages in the order of the official numbers', async () => {
    for (let serial = 1; serial <= 102; serial += 1) await bench.handIn(serial, { materials: [] });
    const first = await bench.desk.cases.list({ office, states: [], after: '' });
    expect([first.cases.length, first.more]).toEqual([100, true]);
    const rest = await bench.desk.cases.list({ office, states: [], after: first.cases.at(-1)?.officialNumber ?? '' });
    expect([rest.cases.length, rest.more]).toEqual([2, false]);
    expect((await bench.desk.cases.list({ office: 'another', states: [], after: '' })).cases).toEqual([]);
  });

  it('a clock that was set back makes no step before the last one', async () => {
    const one = await bench.handIn(1);
    await bench.move(one.id, { event: 'accept' });
    bench.time.now = new Date('2026-11-20T01:00:00Z');
    await bench.move(one.id, { event: 'start-review' });
    const { trail } = await bench.desk.cases.read({ office, caseId: one.id });
    expect(trail.map(({ at }) => at)).toEqual([monday, monday]);
  });

  it('are withdrawn by their applicant until they are decided', async () => {
    await bench.publish(exampleItem);
    const [one, two] = [await bench.handIn(1), await bench.handIn(2)];
    const withdraw = (of: CaseSubmission, headers = keyed()) =>
      bench.kiosk.withdrawCase({ headers, body: { kioskId, number: of.provisionalNumber, idNumber } });
    await bench.moveAll(one.id, 'accept', 'start-review');
    const headers = keyed();
    const answer = await withdraw(one, headers);
    expect(await withdraw(one, headers)).toEqual(answer);
    expect(await bench.progress(one)).toMatchObject({
      stage: 'decided',
      result: { outcome: 'withdrawn' },
      waitsFor: 'nobody',
    });
    expect(await reason(withdraw(one))).toBe('case-is-over');
    await bench.moveAll(two.id, 'accept', 'start-review', 'approve');
    expect(await reason(withdraw(two))).toBe('not-from-here');
  });
});
