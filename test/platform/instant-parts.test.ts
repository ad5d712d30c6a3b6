import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { knownChange } from '../../src/contract/changes.ts';
import type { OfficeMove } from '../../src/contract/office/cases.ts';
import type { CaseSubmission } from '../../src/contract/platform-api.ts';
import type { Expression, InstantRules } from '../../src/domain/instant-approval.ts';
import type { CatalogueItem } from '../../src/domain/item.ts';
import { keyed, kioskId, reason, SERVER_START_MS, startCases } from '../fixtures/case-bench.ts';
import { newborn, newbornParts, newbornSubmission } from '../fixtures/life-event.ts';
import { closeEngines, platformEngines } from '../fixtures/platform-engines.ts';

afterAll(closeEngines, SERVER_START_MS);

const [police = '', insurance = '', labour = ''] = (newborn.parts ?? []).map(({ department }) => department.creditCode);
const [birth, medical, card] = newbornParts;
if (!birth || !medical || !card) throw new Error('the sample has three parts');

const rules = (version: number, ...all: readonly (readonly [string, Expression])[]): InstantRules => ({
  version,
  rules: all.map(([says, when], index) => ({ id: `R0${index + 1}`, says, when, otherwise: 'refuse' })),
});
/** Its rules look at what both forms ask alike. */
const cardByBank: CatalogueItem = {
  ...card,
  instantApproval: rules(
    4,
    ['领卡银行不是邮政储蓄银行。', { not: { fact: 'form.cardBank', is: 'post-bank' } }],
    ['电话不是尾号9的。', { not: { fact: 'form.phone', is: '13900000009' } }],
  ),
};
const medicalByPhone: CatalogueItem = {
  ...medical,
  instantApproval: rules(9, [
    '电话不是尾号8或者9的。',
    { not: { fact: 'form.phone', oneOf: ['13900000008', '13900000009'] } },
  ]),
};
const { instantApproval: _own, ...medicalByHand } = medical;

describe.each(platformEngines)('秒批 of parts on $name', ({ missing, start }) => {
  if (missing !== undefined) {
    it.skip(missing);
    return;
  }
  let bench: Awaited<ReturnType<typeof startCases>>;
  beforeEach(async () => {
    bench = await startCases(start);
  }, SERVER_START_MS);
  afterEach(() => bench.close());

  const publish = (...parts: readonly CatalogueItem[]) =>
    bench.platform.publishCatalogue('20261123', [newborn, birth, ...parts]);
  /** Handed in with another telephone number or bank, in the whole and in each part that names it. */
  function withFields(serial: number, change: Readonly<Record<string, string>>): Partial<CaseSubmission> {
    const { fields = {}, parts = [], ...rest } = newbornSubmission(serial);
    const of = (own: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(own).map(([name, value]) => [name, change[name] ?? value]));
    return { ...rest, fields: of(fields), parts: parts.map((part) => ({ ...part, fields: of(part.fields) })) };
  }
  const told = async () => {
    const { changes } = await bench.kiosk.changes({ kioskId, after: '' });
    return changes.map(({ kind, content }) => knownChange.parse({ kind, content }));
  };
  const outcomes = async (whole: CaseSubmission) =>
    (await bench.progress(whole)).parts?.map(({ stage, outcome }) => [stage, outcome]);
  async function partOf(office: string) {
    const { cases } = await bench.desk.cases.list({ office, states: [], after: '' });
    const [part] = cases.slice(-1);
    if (!part) throw new Error('the office has a part');
    return part;
  }
  const moveBy = async (office: string, ...moves: readonly OfficeMove[]) => {
    const { caseId } = await partOf(office);
    for (const move of moves) await bench.move(caseId, move, { office, id: '0007' });
  };
  const events = (...all: readonly ('accept' | 'start-review' | 'approve' | 'deliver' | 'close')[]) =>
    all.map((event) => ({ event }));
  const review = (whole: CaseSubmission, number: string, idNumber = whole.applicant.idNumber) =>
    bench.kiosk.askCaseReview({ headers: keyed(), body: { kioskId, number, idNumber } });

  it('approves the part whose item has rules, with its own trace; the others go their way and the whole waits for them', async () => {
    await publish(medicalByHand, cardByBank);
    const whole = await bench.handIn(1, newbornSubmission(1));
    const progress = await bench.progress(whole);
    expect(await outcomes(whole)).toEqual([
      ['accepted', undefined],
      ['accepted', undefined],
      ['decided', 'granted'],
    ]);
    expect(progress).toMatchObject({ stage: 'accepted', waitsFor: 'department' });
    expect(progress).not.toHaveProperty('result');
    expect(progress).not.toHaveProperty('instant');
    expect(progress.instantParts).toEqual([
      {
        part: `${progress.officialNumber}-03`,
        decision: 'approved',
        decidedAt: expect.any(String),
        ruleVersion: 4,
        trace: [
          { says: '领卡银行不是邮政储蓄银行。', outcome: 'holds' },
          { says: '电话不是尾号9的。', outcome: 'holds' },
        ],
        mayAskReview: true,
      },
    ]);
    expect(progress.trail).toEqual(
      ['accept', 'start-review', 'approve'].map((event) => ({
        event,
        by: 'rules',
        part: `${progress.officialNumber}-03`,
        at: expect.any(String),
      })),
    );
    // The kiosk heard of the whole, once.
    expect(await told()).toMatchObject([{ kind: 'case-state', content: { caseId: whole.id, stage: 'accepted' } }]);
    const { caseId } = await partOf(labour);
    const { decision } = await bench.desk.cases.read({ office: labour, caseId });
    expect(decision?.trace[0]?.seen).toEqual([{ fact: 'form.cardBank', value: 'county-rural-bank' }]);
    // Offices decide the rest, and the whole ends with the last.
    await moveBy(police, ...events('accept', 'start-review', 'approve', 'deliver', 'close'));
    await moveBy(insurance, ...events('accept', 'start-review', 'approve', 'deliver', 'close'));
    expect(await bench.progress(whole)).toMatchObject({ stage: 'decided', result: { outcome: 'granted' } });
    await moveBy(labour, ...events('deliver', 'close'));
    expect(await bench.progress(whole)).toMatchObject({ waitsFor: 'nobody', result: { outcome: 'granted' } });
  });

  it('refuses a part with all reasons; a person looks at that part alone when its applicant asks, once', async () => {
    await publish(medicalByHand, cardByBank);
    const whole = await bench.handIn(1, withFields(1, { cardBank: 'post-bank', phone: '13900000009' }));
    const { officialNumber, parts, instantParts } = await bench.progress(whole);
    expect(parts?.[2]).toMatchObject({ outcome: 'refused', stage: 'decided' });
    expect(parts?.[2]?.text).toContain('领卡银行不是邮政储蓄银行。电话不是尾号9的。');
    expect(instantParts).toMatchObject([{ decision: 'refused', mayAskReview: true }]);
    const number = `${officialNumber}-03`;
    // Not by the number of the whole, of a part that nobody decided, or for somebody else.
    expect(await reason(review(whole, officialNumber))).toBe('not-decided-by-rules');
    expect(await reason(review(whole, `${officialNumber}-01`))).toBe('not-decided-by-rules');
    expect(await reason(review(whole, number, '990101194312310016'))).toBe('not-the-applicant');
    await review(whole, number);
    expect((await bench.desk.cases.reviews({ office: labour })).reviews).toMatchObject([
      { officialNumber: number, askedBy: 'applicant', decision: { decision: 'refused', ruleVersion: 4 } },
    ]);
    expect(await outcomes(whole)).toEqual([
      ['accepted', undefined],
      ['accepted', undefined],
      ['reviewing', undefined],
    ]);
    expect((await bench.progress(whole)).instantParts).toMatchObject([{ mayAskReview: false }]);
    await moveBy(labour, { event: 'approve', text: '复核后准予' });
    expect((await bench.progress(whole)).parts?.[2]).toMatchObject({ outcome: 'granted', text: '复核后准予' });
    expect(await reason(review(whole, number))).toBe('reviewed-before');
  });

  it('decides several parts each by its own rules, also differently, and tells the kiosk of them together', async () => {
    await publish(medicalByPhone, cardByBank);
    const whole = await bench.handIn(1, withFields(1, { phone: '13900000008' }));
    expect(await outcomes(whole)).toEqual([
      ['accepted', undefined],
      ['decided', 'refused'],
      ['decided', 'granted'],
    ]);
    expect((await bench.progress(whole)).instantParts).toMatchObject([
      { ruleVersion: 9, decision: 'refused', trace: [{ outcome: 'fails' }] },
      { ruleVersion: 4, decision: 'approved', trace: [{ outcome: 'holds' }, { outcome: 'holds' }] },
    ]);
    expect(await told()).toHaveLength(1);
    await moveBy(police, ...events('accept', 'start-review', 'approve'));
    // Granted in part has no single word.
    const end = await bench.progress(whole);
    expect([end.stage, end.result]).toEqual(['decided', undefined]);
    // Once decided, the same hand-in again decides nothing anew.
    const before = await told();
    await bench.kiosk.submitCase({ headers: keyed(), body: whole });
    expect(await told()).toEqual(before);
  });

  it('waits with what lacks something, and not with the rest', async () => {
    await publish(medicalByHand, cardByBank);
    const whole = await bench.handIn(1, newbornSubmission(1, 'cardBank'));
    expect((await bench.progress(whole)).instantParts).toBeUndefined();
    const supply = (fields: Record<string, string>, situations: Record<string, string> = {}, of = whole) =>
      bench.kiosk.supplyCase({
        headers: keyed(),
        body: {
          kioskId,
          number: of.provisionalNumber,
          idNumber: of.applicant.idNumber,
          situations,
          fields,
          materials: [],
        },
      });
    await supply({ cardBank: 'post-bank' });
    expect((await bench.progress(whole)).instantParts).toMatchObject([{ decision: 'refused' }]);
    // What the insurance lacks keeps the card from nothing.
    await publish(medicalByPhone, cardByBank);
    const other = await bench.handIn(2, newbornSubmission(2, 'insuredYears'));
    expect(await bench.progress(other)).toMatchObject({
      stage: 'applied',
      waitsFor: 'applicant',
      instantParts: [{ decision: 'approved' }],
    });
    expect((await told()).at(-1)).toMatchObject({ kind: 'supplement', content: { caseId: other.id } });
    // A question of the whole that is open may change what any of them needs.
    const submission = newbornSubmission(3);
    const { marriage = '', ...situations } = submission.situations ?? {};
    const open = await bench.handIn(3, { ...submission, situations });
    expect(await bench.progress(open)).toMatchObject({ waitsFor: 'applicant' });
    expect((await bench.progress(open)).instantParts).toBeUndefined();
    await supply({}, { marriage }, open);
    expect((await bench.progress(open)).instantParts).toMatchObject([
      { decision: 'approved' },
      { decision: 'approved' },
    ]);
  });

  const elder = '990101194312310016';
  const byRegister = rules(2, ['年满80周岁。', { fact: 'register.age', atLeast: 80 }]);
  const ofOne = ({ fields, ...item }: CatalogueItem): CatalogueItem => ({
    ...item,
    fields: fields.filter(({ name }) => name !== 'childId'),
    instantApproval: byRegister,
  });
  const ofElder = (serial: number) => {
    const applicant = { name: '欧阳试样', idNumber: elder };
    return { ...withFields(serial, { applicantId: elder }), applicant };
  };

  it('asks registers about those whom the own form of the item names, and leaves it to a person when that is not all of them', async () => {
    await publish({ ...medical, instantApproval: byRegister }, ofOne(card));
    const whole = await bench.handIn(1, ofElder(1));
    // The item of the insurance would also ask for the child's number: what is known of the father says nothing of the child.
    expect((await bench.progress(whole)).instantParts).toMatchObject([
      { decision: 'human-review', trace: [{ outcome: 'unknown' }], mayAskReview: false },
      { decision: 'approved', trace: [{ outcome: 'holds' }] },
    ]);
    expect((await bench.desk.cases.reviews({ office: insurance })).reviews).toMatchObject([{ askedBy: 'rules' }]);
    await bench.platform.setFault({ kind: 'registers-silent' });
    const later = await bench.handIn(2, ofElder(2));
    expect((await bench.progress(later)).instantParts).toMatchObject([
      { decision: 'human-review' },
      { decision: 'human-review' },
    ]);
  });
});
