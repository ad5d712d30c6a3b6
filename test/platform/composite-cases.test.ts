import * as fc from 'fast-check';
import { beforeEach, expect, it } from 'vitest';
import { newsOf, knownChange, type KnownChange } from '../../src/contract/changes.ts';
import type { CaseLine, OfficeMove } from '../../src/contract/office/cases.ts';
import type { CaseSubmission } from '../../src/contract/platform-api.ts';
import { describeCases, keyed, kioskId, monday, photo, reason } from '../fixtures/case-bench.ts';
import { newborn, newbornParts, newbornSubmission } from '../fixtures/life-event.ts';

const offices = (newborn.parts ?? []).map(({ department }) => department.creditCode);
const caseOf = ({ content }: KnownChange) => ('caseId' in content ? content.caseId : undefined);
const [police = '', insurance = '', labour = ''] = offices;

describeCases('an 一件事 on $name', (bench) => {
  beforeEach(async () => {
    await bench.platform.publishCatalogue('20261123', newbornParts);
  });

  /** The part that an office has of a case. */
  async function partOf(office: string, whole: CaseSubmission): Promise<CaseLine> {
    const { cases } = await bench.desk.cases.list({ office, states: [], after: '' });
    const { officialNumber } = await bench.progress(whole);
    const part = cases.find((one) => one.officialNumber.startsWith(`${officialNumber}-`));
    if (!part) throw new Error('the office has no part of it');
    return part;
  }
  const moveBy = async (office: string, whole: CaseSubmission, move: OfficeMove) =>
    bench.move((await partOf(office, whole)).caseId, move, { office, id: '0007' });
  async function told() {
    const all = [];
    let page = { next: '', more: true };
    while (page.more) {
      const { changes, ...rest } = await bench.kiosk.changes({ kioskId, after: page.next });
      all.push(...changes.map(({ kind, content }) => knownChange.parse({ kind, content })));
      page = rest;
    }
    return all;
  }

  it('is one case of the kiosk and one of each department, with its own number, limit and share of the form', async () => {
    const whole = await bench.handIn(1, newbornSubmission(1));
    const { officialNumber } = await bench.progress(whole);
    for (const [index, office] of offices.entries()) {
      const part = await partOf(office, whole);
      expect(part).toMatchObject({
        officialNumber: `${officialNumber}-0${index + 1}`,
        itemCode: newborn.parts?.[index]?.code,
        itemName: newborn.parts?.[index]?.name,
        state: 'handed-in',
        dueDay: '2026-11-30',
      });
      const { content } = await bench.desk.cases.read({ office, caseId: part.caseId });
      expect(content.fields).toEqual(whole.parts[index]?.fields);
      expect(content.materials.map(({ id }) => id)).toEqual(whole.parts[index]?.materials);
      expect(content.situations).toEqual({});
    }
    // Each by the limit of its own item, and the whole by the first of them.
    await moveBy(insurance, whole, { event: 'accept' });
    const accepted = await partOf(insurance, whole);
    expect(newbornParts.map(({ guide }) => guide.limits.promised)).toEqual([2, 1, 2]);
    expect(accepted).toMatchObject({ state: 'accepted', dueDay: '2026-11-24' });
    expect(await bench.progress(whole)).toMatchObject({ dueDay: '2026-11-24', waitsFor: 'department' });
    // What arrived is one case: parts are inside it, and the kiosk's daily comparison knows of no more.
    expect((await bench.platform.received()).cases.map(({ id }) => id)).toEqual([whole.id]);
    bench.time.now = new Date('2026-11-24T09:00:00+08:00');
    const { summaries } = await bench.kiosk.daySummaries({ kioskId, day: '2026-11-23' });
    expect(summaries).toContainEqual(expect.objectContaining({ kind: 'case', count: 1 }));
    // Nobody moves the whole but its parts; supervision has the steps of the parts only.
    const lead = newborn.department.creditCode;
    expect(await reason(bench.move(whole.id, { event: 'accept' }, { office: lead, id: '1' }))).toBe('decided-in-parts');
    const feed = await bench.desk.supervision.steps({ hallCode: whole.hallCode, after: 0 });
    expect(feed.steps.map(({ caseNumber }) => caseNumber)).not.toContain(officialNumber);
    expect(feed.steps.filter(({ event }) => event === 'receive')).toHaveLength(3);
    // The same hand-in again makes no further parts.
    await bench.kiosk.submitCase({ headers: keyed(), body: whole });
    expect((await bench.desk.cases.list({ office: police, states: [], after: '' })).cases).toHaveLength(1);
  });

  it('[P-19] stays consistent with its parts when one is refused, one waits for a supplement and one is done, in any order', async () => {
    const scripts: readonly (readonly [string, readonly OfficeMove[]])[] = [
      [
        police,
        [
          { event: 'accept' },
          { event: 'start-review' },
          { event: 'reject', text: '不符合落户条件。' },
          { event: 'deliver' },
        ],
      ],
      [
        insurance,
        [{ event: 'ask-supplement', defects: [{ rule: 'YB-1@1', on: ['insuredYears'], what: '请写明参保年度。' }] }],
      ],
      [
        labour,
        [
          { event: 'accept' },
          { event: 'start-review' },
          { event: 'approve' },
          { event: 'make-certificate' },
          { event: 'deliver' },
          { event: 'close' },
        ],
      ],
    ];
    const turns = scripts.flatMap(([office, moves]) => moves.map(() => office));
    let serial = 1;
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(turns, { minLength: turns.length }), async (order) => {
        serial += 1;
        const whole = await bench.handIn(serial, newbornSubmission(serial));
        const left = new Map(scripts.map(([office, moves]) => [office, [...moves]]));
        const asked = { supplement: false };
        for (const office of order) {
          const move = left.get(office)?.shift();
          if (!move) throw new Error('there is a move left');
          const before = (await told()).length;
          await moveBy(office, whole, move);
          // While something is asked for, the others' steps are no news; nor is what the applicant sees no difference in.
          const isNews = !asked.supplement && move.event !== 'accept' && move.event !== 'make-certificate';
          asked.supplement ||= move.event === 'ask-supplement';
          // The kiosk hears of the whole, and once.
          const changes = await told();
          expect(changes.slice(before).map(caseOf)).toEqual(isNews ? [whole.id] : []);
          const progress = await bench.progress(whole);
          // Whatever the others do, what one asks for is said as long as it is not brought.
          expect(progress.supplement?.defects).toEqual(
            asked.supplement ? [{ rule: 'YB-1@1', on: ['insuredYears'], what: '请写明参保年度。' }] : undefined,
          );
          expect(progress.waitsFor).toBe(asked.supplement ? 'applicant' : 'department');
          expect(progress.result).toBeUndefined();
          const ofThis = changes.filter((one) => caseOf(one) === whole.id);
          const news = newsOf(ofThis, bench.time.now);
          expect(news.supplement).toEqual(progress.supplement);
          // To the applicant a complete hand-in is accepted, so there is nothing to say of the first acceptance.
          if (!asked.supplement && ofThis.length > 0)
            expect([news.stage, news.parts]).toEqual([progress.stage, progress.parts]);
          // No further than the part that is least far: that of the insurance was not accepted yet.
          expect(progress.stage).toBe(asked.supplement ? 'applied' : 'accepted');
        }
        const parts = (await bench.progress(whole)).parts ?? [];
        expect(parts.map(({ stage, outcome, waitsFor }) => [stage, outcome, waitsFor])).toEqual([
          ['delivered', 'refused', 'department'],
          ['applied', undefined, 'applicant'],
          ['delivered', 'granted', 'nobody'],
        ]);
        expect(parts[0]?.text).toBe('不符合落户条件。');
        // The refusal keeps nobody: what was asked for is brought under the number of the whole, and the rest goes on.
        const { number, idNumber } = { number: whole.provisionalNumber, idNumber: whole.applicant.idNumber };
        await bench.kiosk.supplyCase({
          headers: keyed(),
          body: { kioskId, number, idNumber, situations: {}, fields: { insuredYears: 'next-year' }, materials: [] },
        });
        const { content } = await bench.desk.cases.read({
          office: insurance,
          caseId: (await partOf(insurance, whole)).caseId,
        });
        expect(content.fields['insuredYears']).toBe('next-year');
        for (const event of ['accept', 'start-review', 'approve', 'deliver'] as const)
          await moveBy(insurance, whole, { event });
        expect(await bench.progress(whole)).toMatchObject({ stage: 'delivered', waitsFor: 'department' });
        await moveBy(insurance, whole, { event: 'close' });
        await moveBy(police, whole, { event: 'close' });
        const end = await bench.progress(whole);
        expect(end).toMatchObject({ stage: 'delivered', waitsFor: 'nobody' });
        // Granted in part: no single word would be true of the whole.
        expect(end.result).toBeUndefined();
        expect(end.parts?.map(({ outcome }) => outcome)).toEqual(['refused', 'granted', 'granted']);
        expect(await reason(moveBy(police, whole, { event: 'close' }))).toBe('case-is-over');
      }),
      { numRuns: 5 },
    );
  });

  it('is the same after offices moved its parts at the same moment', async () => {
    for (const serial of [1, 2, 3]) {
      const whole = await bench.handIn(serial, newbornSubmission(serial));
      for (const event of ['accept', 'start-review'] as const)
        await Promise.all(offices.map((office) => moveBy(office, whole, { event })));
      expect(await bench.progress(whole)).toMatchObject({ stage: 'reviewing' });
      const lead = newborn.department.creditCode;
      expect(await bench.desk.cases.read({ office: lead, caseId: whole.id })).toMatchObject({ state: 'review' });
      const last = (await told()).findLast((one) => caseOf(one) === whole.id);
      expect(last).toMatchObject({ kind: 'case-state', content: { stage: 'reviewing' } });
    }
  });

  it('is asked for everything that is missing as one notice, each part for its own, and goes on when it was brought', async () => {
    await bench.platform.publishCatalogue('20261124', [newborn, ...newbornParts]);
    const whole = await bench.handIn(1, newbornSubmission(1, 'phone', 'cardBank'));
    const progress = await bench.progress(whole);
    expect(progress.supplement?.defects).toHaveLength(2);
    expect(await told()).toHaveLength(1);
    // All three need the telephone number, one the bank.
    const states = await Promise.all(offices.map(async (office) => (await partOf(office, whole)).state));
    expect(states).toEqual(['supplement', 'supplement', 'supplement']);
    const own = { kioskId, number: whole.provisionalNumber, idNumber: whole.applicant.idNumber };
    const supply = (
      fields: Record<string, string>,
      materials: { id: string; pages: { id: string; sha256: string }[] }[] = [],
    ) => bench.kiosk.supplyCase({ headers: keyed(), body: { ...own, situations: {}, fields, materials } });
    expect(await reason(supply({}))).toBe('nothing-supplied');
    expect(await reason(supply({ childSex: '2' }))).toBe('not-asked-for');
    expect(progress.itemCode).toBe(newborn.code);
    const supplied = { ...own, situations: {}, fields: { phone: '13900000001' }, materials: [], noticeGivenAt: monday };
    const other = { ...supplied, noticeGivenAt: '2026-11-20T09:00:00+08:00' };
    expect(await reason(bench.kiosk.supplyCase({ headers: keyed(), body: other }))).toBe('not-from-here');
    expect(progress.supplement?.givenAt).toBe(monday);
    await bench.kiosk.supplyCase({ headers: keyed(), body: supplied });
    // One still lacks the bank: the others go on meanwhile, and are looked through again with nothing to find.
    const after = await bench.progress(whole);
    expect(after.supplement?.defects.map(({ what }) => what)).toEqual([expect.stringContaining('银行')]);
    await supply({ cardBank: 'post-bank' });
    expect((await bench.progress(whole)).stage).toBe('accepted');
    // A department asks for a paper: it comes with the whole, and the part is complete when it has come.
    const complete = await bench.handIn(2, newbornSubmission(2));
    await moveBy(police, complete, {
      event: 'ask-supplement',
      defects: [{ rule: 'HJ-1@1', on: ['M-HOUSEHOLD-BOOK'], what: '户口簿缺户主页。' }],
    });
    const paper = { ...photo(90), id: 'M-HOUSEHOLD-BOOK' };
    own.number = complete.provisionalNumber;
    const { caseId } = await supply({}, [{ id: paper.id, pages: paper.pages }]);
    expect(await reason(moveBy(police, complete, { event: 'accept' }))).toBe('pages-missing');
    await bench.upload(caseId, [paper]);
    expect(await moveBy(police, complete, { event: 'accept' })).toMatchObject({ state: 'accepted', pagesMissing: 0 });
  });

  it('is withdrawn with all parts that are not decided yet, and one part alone under its own number', async () => {
    const whole = await bench.handIn(1, newbornSubmission(1));
    for (const event of ['accept', 'start-review', 'approve', 'deliver', 'close'] as const)
      await moveBy(labour, whole, { event });
    const { officialNumber } = await bench.progress(whole);
    expect(await bench.kiosk.progress({ number: `${officialNumber}-03` })).toEqual(await bench.progress(whole));
    // Under its own number one part is withdrawn alone.
    const { idNumber } = whole.applicant;
    const one = { kioskId, number: `${officialNumber}-01`, idNumber };
    await bench.kiosk.withdrawCase({ headers: keyed(), body: one });
    const outcomes = async () => (await bench.progress(whole)).parts?.map(({ outcome }) => outcome);
    expect(await outcomes()).toEqual(['withdrawn', undefined, 'granted']);
    const own = { kioskId, number: whole.receiptCode, idNumber };
    const before = (await told()).length;
    expect(await bench.kiosk.withdrawCase({ headers: keyed(), body: own })).toMatchObject({ caseId: whole.id });
    expect((await told()).length - before).toBe(1);
    expect(await outcomes()).toEqual(['withdrawn', 'withdrawn', 'granted']);
    expect((await bench.progress(whole)).stage).toBe('delivered');
    expect(await reason(bench.kiosk.withdrawCase({ headers: keyed(), body: own }))).toBe('case-is-over');
  });

  it('has the parcels and bills of its parts told with the whole', async () => {
    const whole = await bench.handIn(1, newbornSubmission(1));
    const part = await partOf(labour, whole);
    const at = '2026-11-23T09:30:00+08:00';
    await bench.desk.deliveries.record({
      headers: keyed(),
      body: {
        officer: { office: labour, id: '0007' },
        caseId: part.caseId,
        record: { kind: 'delivery', waybill: 'EX1234567890', carrier: '示例快递', state: 'sent', at },
      },
    });
    expect((await told()).map(caseOf)).toEqual([whole.id]);
    expect(await bench.progress(whole)).toMatchObject({ records: [{ waybillEnd: '7890' }] });
  });
});
