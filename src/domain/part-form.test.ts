import { describe, expect, it } from 'vitest';
import type { FormField } from './item.ts';
import { partForm } from './part-form.ts';

const base = { question: '问', label: '签', required: true, reason: '因' };
const text = (name: string): FormField => ({ ...base, name, type: 'text', maxLength: 20 });
const idNumber = (name: string): FormField => ({ ...base, name, type: 'id-number' });
const number = (name: string, unit?: string): FormField => ({
  ...base,
  name,
  type: 'number',
  min: 0,
  max: 9,
  ...(unit !== undefined && { unit }),
});
const choice = (type: 'choice' | 'choices', ...ids: string[]): FormField => ({
  ...base,
  name: 'pick',
  type,
  options: ids.map((id) => ({ id, label: id })),
});
const of = (common: FormField, own: FormField, value = 'a') =>
  partForm({ fields: [common] }, { fields: [own] }, { [common.name]: value }).fields;

describe('the form of a part', () => {
  it('has what both forms ask alike, under the same name', () => {
    expect(of(text('phone'), text('phone'))).toEqual({ phone: 'a' });
    expect(of(text('phone'), text('mobile'))).toEqual({});
    expect(of(choice('choice', 'a', 'b'), choice('choice', 'b', 'a'))).toEqual({ pick: 'a' });
    expect(of(number('years', '年'), number('years', '年'), '2')).toEqual({ years: '2' });
    expect(of(number('years'), number('years'), '2')).toEqual({ years: '2' });
  });

  it.each([
    ['another kind', text('pick'), choice('choice', 'a', 'b')],
    ['one answer in place of several', choice('choices', 'a', 'b'), choice('choice', 'a', 'b')],
    ['other options', choice('choice', 'a', 'b', 'c'), choice('choice', 'a', 'b')],
    ['another unit', number('years', '月'), number('years', '年')],
    ['a unit that the other has not', number('years'), number('years', '年')],
  ])('does not take %s for the same', (_what, common, own) => {
    expect(of(common, own)).toEqual({});
  });

  it('has no empty values, and none that the part was not given', () => {
    const fields = [text('phone'), text('name')];
    expect(partForm({ fields }, { fields }, { phone: '' }).fields).toEqual({});
  });

  it('says whom it is about only when it has everybody that its own form asks for', () => {
    const whole = { fields: [idNumber('applicantId'), idNumber('otherId'), text('childId')] };
    const values = { applicantId: '1', otherId: '2', childId: '3' };
    const people = (...fields: FormField[]) => partForm(whole, { fields }, values).people;
    expect(people(idNumber('applicantId'))).toEqual(['1']);
    expect(people(idNumber('applicantId'), idNumber('otherId'))).toEqual(['1', '2']);
    expect(people(text('phone'))).toEqual([]);
    // The child's number is asked as something else there, or not at all.
    expect(people(idNumber('applicantId'), idNumber('childId'))).toBeUndefined();
    expect(people(idNumber('applicantId'), idNumber('spouseId'))).toBeUndefined();
  });
});
