import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleItem, sampleLifeEvent, samplePerson } from '../../../test/fixtures/sample-item.ts';
import {
  addPage,
  answerSituation,
  type ApplicationDraft,
  beginApplication,
  setField,
  wantsCertificate,
} from '../application.ts';
import type { CatalogueItem } from '../item.ts';
import { isSupplementLate, missingOf, planSupplement, supplementOf, type ToldDefect } from './supplement.ts';

const today = '2026-11-22';
const page = { id: '019ab4c0-5a00-7000-8000-000000000001', sha256: 'a'.repeat(64) };
const begin = (item: CatalogueItem) => beginApplication(item, samplePerson);
const defect = (on: readonly string[] | undefined, more: Partial<ToldDefect> = {}): ToldDefect => ({
  rule: 'office.blurred@1',
  ...(on && { on }),
  what: '看不清',
  ...more,
});

function must<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string },
): T {
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}

const values: Readonly<Record<string, string>> = {
  fullName: '欧阳',
  sex: '2',
  age: '82',
  birth: '1943-12-31',
  phone: '13900000000',
  email: 'a@example.org',
  elderId: '990101194312310016',
  licence: '11990101MB00000193',
  services: 'meals',
  alone: 'no',
};

/** Gives one thing that is asked for. */
function give(draft: ApplicationDraft, id: string): ApplicationDraft {
  const situation = draft.item.situations.find((one) => one.id === id);
  if (situation) return must(answerSituation(draft, id, situation.options[0]?.id ?? ''));
  if (draft.item.fields.some(({ name }) => name === id)) return must(setField(draft, id, values[id] ?? '', today));
  return must(addPage(draft, id, page));
}

const places = [
  ...sampleItem.situations.map(({ id }) => id),
  ...sampleItem.fields.map(({ name }) => name),
  'M-ID',
  'M-BOOK',
  'M-GUARDIAN',
];
const anyDefect = fc
  .record({
    on: fc.uniqueArray(fc.constantFrom(...places, 'M-FORM', 'M-GONE', 'goneField'), { maxLength: 3 }),
    what: fc.string({ minLength: 1, maxLength: 5 }),
  })
  .map(({ on, what }) => defect(on, { what }));
const notice = fc.array(anyDefect, { minLength: 1, maxLength: 6 });

describe('what a notice asks for', () => {
  test('is what it names and nothing else, each thing once, with all of its grounds', () => {
    fc.assert(
      fc.property(notice, (defects) => {
        const { asked, item, open } = planSupplement(sampleItem, defects);
        const named = new Set(defects.flatMap(({ on }) => on ?? []));
        expect(asked.map(({ id }) => id)).toEqual(places.filter((id) => named.has(id)));
        for (const { id, defects: grounds } of asked)
          expect(grounds).toEqual(defects.filter(({ on }) => on?.includes(id)));
        const takes = [
          ...item.situations.map(({ id }) => id),
          ...item.fields.map(({ name }) => name),
          ...item.materials.map(({ id }) => id),
        ];
        if (open.length === 0) expect(takes).toEqual(asked.map(({ id }) => id));
        else expect(takes).toEqual(expect.arrayContaining(asked.map(({ id }) => id)));
      }),
    );
  });

  test('loses no defect: each is asked for, about the whole, or for staff', () => {
    fc.assert(
      fc.property(notice, (defects) => {
        const { asked, open, elsewhere } = planSupplement(sampleItem, defects);
        const told = [...asked.flatMap((one) => one.defects), ...open, ...elsewhere];
        expect(new Set(told)).toEqual(new Set(defects));
        for (const one of [...open, ...elsewhere])
          expect(asked.some((thing) => thing.defects.includes(one))).toBe(false);
      }),
    );
  });

  test('is complete once every defect has an answer, and not before; what is handed in is what was asked for', () => {
    fc.assert(
      fc.property(notice, fc.infiniteStream(fc.boolean()), (defects, choices) => {
        const plan = planSupplement(sampleItem, defects);
        let draft = begin(plan.item);
        for (const { id } of plan.asked) if (choices.next().value === true) draft = give(draft, id);
        const { situations, fields, materials } = supplementOf(plan, draft);
        const given = [...Object.keys(situations), ...Object.keys(fields), ...materials.map(({ id }) => id)];
        const asked = plan.asked.map(({ id }) => id);
        expect(given.filter((id) => !asked.includes(id))).toEqual([]);
        const answered = ({ on }: ToldDefect) => on?.some((id) => given.includes(id)) === true;
        const left = new Set(defects.filter((one) => !answered(one)).flatMap(({ on }) => on ?? []));
        const wanted = asked.filter((id) => left.has(id));
        expect(missingOf(plan, draft)).toEqual(wanted.length === 0 && given.length === 0 ? ['anything'] : wanted);
        for (const id of missingOf(plan, draft)) if (id !== 'anything') draft = give(draft, id);
        expect(missingOf(plan, draft)).toEqual(asked.length === 0 ? ['anything'] : []);
      }),
    );
  });

  test('applies whatever was answered before, and takes the paper itself', () => {
    const item: CatalogueItem = {
      ...sampleLifeEvent,
      materials: sampleItem.materials.map((one) => ({
        ...one,
        certificate: 'household',
        proof: 'RP-01',
        substitutes: ['e-certificate', 'commitment', 'paper'],
      })),
    };
    const plan = planSupplement(item, [defect(['M-GUARDIAN', 'elderId']), defect(['M-ID']), defect(['relation'])]);
    const draft = begin(plan.item);
    expect(plan.item.parts).toBeUndefined();
    expect(plan.item.materials.map(({ id, source }) => [id, source])).toEqual([
      ['M-ID', 'scan'],
      ['M-GUARDIAN', 'scan'],
    ]);
    expect(plan.item.materials.some((material) => wantsCertificate(draft, material))).toBe(false);
    expect(missingOf(plan, draft)).toEqual(['relation', 'elderId', 'M-ID', 'M-GUARDIAN']);
    // A rule that looked at two things is satisfied by either.
    expect(missingOf(plan, give(draft, 'elderId'))).toEqual(['relation', 'M-ID']);
  });

  test('begins with what the card says where that is asked for, and demands a field that may else stay empty', () => {
    const plan = planSupplement(sampleItem, [defect(['fullName']), defect(['email'])]);
    const draft = begin(plan.item);
    expect(supplementOf(plan, draft).fields).toEqual({ fullName: samplePerson.name });
    expect(missingOf(plan, draft)).toEqual(['email']);
    expect(setField(draft, 'email', '', today)).toMatchObject({ ok: false, reason: 'required' });
  });

  test('about the whole takes anything, and demands something that the person gave', () => {
    const plan = planSupplement(sampleItem, [defect([])]);
    const draft = begin(plan.item);
    expect(plan.asked).toEqual([]);
    expect(missingOf(plan, draft)).toEqual(['anything']);
    expect(missingOf(plan, give(draft, 'M-BOOK'))).toEqual([]);
    const phoned = give(draft, 'phone');
    expect(missingOf(plan, phoned)).toEqual([]);
    expect(supplementOf(plan, phoned).fields).toEqual({ phone: '13900000000' });
  });

  test('of a platform that does not say what may be supplied is found by the name of its material, or left to staff', () => {
    const [named, unnamed] = [defect(undefined, { material: '户口簿' }), defect(undefined, { material: '没有这个' })];
    const bare = defect(undefined);
    const plan = planSupplement(sampleItem, [named, unnamed, bare]);
    expect(plan.asked).toMatchObject([{ kind: 'material', id: 'M-BOOK', name: '户口簿', defects: [named] }]);
    expect(plan.elsewhere).toEqual([unnamed, bare]);
  });

  test('is late after its last day, and never without one', () => {
    const late = ['2026-11-21', '2026-11-22', '2026-11-23', undefined].map((day) => isSupplementLate(day, today));
    expect(late).toEqual([true, false, false, false]);
  });
});
