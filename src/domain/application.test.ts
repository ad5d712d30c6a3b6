import { expect, test } from 'vitest';
import { sampleItem, sampleLifeEvent, samplePerson } from '../../test/fixtures/sample-item.ts';
import {
  addPage,
  answerSituation,
  beginApplication,
  fieldsToHandIn,
  isMaterialComplete,
  materialsToHandIn,
  maxPagesPerMaterial,
  missing,
  removePages,
  setField,
  type ApplicationDraft,
} from './application.ts';
import { splitIntoParts } from './composite.ts';
import type { Result } from './result.ts';

const today = '2026-11-22';
const page = { id: '0198f000-0000-7000-8000-000000000001', sha256: 'a'.repeat(64) };

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}

const begun = (item = sampleItem) => beginApplication(item, samplePerson);

function fill(draft: ApplicationDraft, values: Record<string, string>): ApplicationDraft {
  return Object.entries(values).reduce((at, [name, value]) => must(setField(at, name, value, today)), draft);
}

const answered = { age: '82', birth: '1943-12-31', phone: '13800001234', alone: 'no' };

test('what the card says is filled in and marked as from the card', () => {
  expect(begun().values).toStrictEqual({
    fullName: { value: '欧阳试样', source: 'card' },
    sex: { value: '2', source: 'card' },
  });
});

test('a sex the form does not know is asked instead of filled in', () => {
  expect(beginApplication(sampleItem, { ...samplePerson, sex: '9' }).values).not.toHaveProperty('sex');
});

test('missing names open questions, then fields, then papers, and gets shorter until nothing is left', () => {
  let draft = begun();
  expect(missing(draft)).toStrictEqual(['who', 'age', 'birth', 'phone', 'alone', 'M-BOOK']);
  draft = must(answerSituation(draft, 'who', 'agent'));
  expect(missing(draft)).toStrictEqual(['relation', 'age', 'birth', 'phone', 'elderId', 'alone', 'M-BOOK']);
  draft = must(answerSituation(draft, 'relation', 'guardian'));
  draft = fill(draft, { ...answered, elderId: '990101194312310016' });
  expect(missing(draft)).toStrictEqual(['M-BOOK', 'M-GUARDIAN']);
  draft = must(addPage(must(addPage(draft, 'M-BOOK', page)), 'M-GUARDIAN', page));
  expect(missing(draft)).toStrictEqual([]);
});

test('an answer changed back costs nothing, and what no longer applies is not handed in', () => {
  let draft = must(answerSituation(must(answerSituation(begun(), 'who', 'agent')), 'relation', 'guardian'));
  draft = must(addPage(fill(draft, { ...answered, elderId: '990101194312310016' }), 'M-GUARDIAN', page));
  const alone = must(answerSituation(draft, 'who', 'self'));
  expect(alone.answers).toStrictEqual({ who: 'self' });
  expect(fieldsToHandIn(alone)).not.toHaveProperty('elderId');
  expect(materialsToHandIn(alone).map(({ id }) => id)).toStrictEqual(['M-ID', 'M-FORM', 'M-BOOK']);
  const back = must(answerSituation(must(answerSituation(alone, 'who', 'agent')), 'relation', 'guardian'));
  expect(back).toStrictEqual(draft);
});

test.each([
  ['an unknown question', 'when', 'self'],
  ['an unknown option', 'who', 'nobody'],
  ['a question that is not open', 'relation', 'child'],
  ['a name of every object', 'constructor', 'self'],
])('answering %s is refused', (_case, question, option) => {
  expect(answerSituation(begun(), question, option)).toStrictEqual({ ok: false, reason: 'unknown-answer' });
});

test('a value that breaks a rule is not kept; the one before stays', () => {
  const draft = fill(begun(), { phone: '13800001234' });
  expect(setField(draft, 'phone', '12', today)).toMatchObject({ ok: false, reason: 'not-a-phone' });
  expect(draft.values['phone']?.value).toBe('13800001234');
});

test('a field that does not apply or does not exist is refused', () => {
  expect(setField(begun(), 'elderId', '990101194312310016', today)).toMatchObject({ reason: 'unknown-field' });
  expect(setField(begun(), 'toString', 'x', today)).toMatchObject({ reason: 'unknown-field' });
});

test('a corrected card value counts as the person’s own; an emptied one is gone', () => {
  expect(fill(begun(), { fullName: '欧阳改' }).values['fullName']).toStrictEqual({ value: '欧阳改', source: 'person' });
  const draft = fill(fill(begun(), { email: 'a@example.com' }), { email: '' });
  expect(draft.values).not.toHaveProperty('email');
});

test('pages go to papers that apply and are scanned, up to the limit, and can be taken back', () => {
  expect(addPage(begun(), 'M-ID', page)).toMatchObject({ reason: 'unknown-material' });
  expect(addPage(begun(), 'M-GUARDIAN', page)).toMatchObject({ reason: 'unknown-material' });
  expect(removePages(begun(), 'M-NONE')).toMatchObject({ reason: 'unknown-material' });
  let draft = begun();
  for (let count = 0; count < maxPagesPerMaterial; count += 1) draft = must(addPage(draft, 'M-BOOK', page));
  expect(addPage(draft, 'M-BOOK', page)).toMatchObject({ reason: 'too-many-pages' });
  expect(materialsToHandIn(draft).find(({ id }) => id === 'M-BOOK')?.pages).toHaveLength(maxPagesPerMaterial);
  expect(must(removePages(draft, 'M-BOOK')).pages['M-BOOK']).toStrictEqual([]);
});

test('the form counts as complete when its required answers are there', () => {
  const form = sampleItem.materials.find(({ source }) => source === 'form');
  if (!form) throw new Error('the sample item has no form');
  const draft = must(answerSituation(begun(), 'who', 'self'));
  expect(isMaterialComplete(draft, form)).toBe(false);
  expect(isMaterialComplete(fill(draft, answered), form)).toBe(true);
});

test('the card counts as complete: it was read before', () => {
  const card = sampleItem.materials.find(({ source }) => source === 'card');
  if (!card) throw new Error('the sample item asks for no card');
  expect(isMaterialComplete(begun(), card)).toBe(true);
});

test('an 一件事 asks once and gives each part only what it named', () => {
  let draft = must(answerSituation(begun(sampleLifeEvent), 'who', 'self'));
  draft = must(addPage(fill(draft, { ...answered, services: 'meals' }), 'M-BOOK', page));
  const [first, second] = splitIntoParts(draft);
  expect(first?.fields).toStrictEqual({ fullName: '欧阳试样', sex: '2', ...answered });
  expect(first?.materials).toStrictEqual(['M-ID', 'M-FORM', 'M-BOOK']);
  expect(second).toStrictEqual({
    code: '11990101MB0000027X4992000002000',
    name: '养老服务',
    department: '安澜县人力资源和社会保障局',
    fields: { fullName: '欧阳试样', phone: '13800001234', services: 'meals' },
    materials: ['M-ID', 'M-FORM'],
  });
});

test('an ordinary item has no parts', () => {
  expect(splitIntoParts(begun())).toStrictEqual([]);
});
