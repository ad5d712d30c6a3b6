import { describe, expect, it } from 'vitest';
import type { FieldView } from '../../../contract/application-view.ts';
import { createText } from '../../../domain/messages.ts';
import type { FormField } from '../../../domain/item.ts';
import { catalogues } from '../../i18n/catalogues.ts';
import { answerText } from './answer-text.ts';

const text = createText(catalogues['zh-CN'], 'zh-CN');
const base = { name: 'x', question: '问题？', label: '名称', reason: '用于核对。', required: true };
const options = [
  { id: 'cash', label: '现金' },
  { id: 'card', label: '银行卡' },
  { id: 'post', label: '邮寄' },
];

function shown(field: FormField, value: string | undefined): string | undefined {
  const view: FieldView = { field, masked: false, ...(value === undefined ? {} : { value }) };
  return answerText(view, text);
}

describe('an answer as a person reads it', () => {
  it('shows labels and words, never the ids that travel', () => {
    expect(shown({ ...base, type: 'choice', options }, 'card')).toBe('银行卡');
    expect(shown({ ...base, type: 'choices', options }, 'cash,post')).toBe('现金、邮寄');
    expect(shown({ ...base, type: 'yes-no' }, 'yes')).toBe('是');
    expect(shown({ ...base, type: 'yes-no' }, 'no')).toBe('否');
  });

  it('groups long numbers and names the parts of a date, masked or not', () => {
    expect(shown({ ...base, type: 'phone' }, '13800138000')).toBe('138 0013 8000');
    expect(shown({ ...base, type: 'id-number' }, '**************0020')).toBe('****** ******** 0020');
    expect(shown({ ...base, type: 'date', span: 'past' }, '1950-03-05')).toBe('1950 年 03 月 05 日');
    expect(shown({ ...base, type: 'date', span: 'past' }, '1950-**-**')).toBe('1950 年 ** 月 ** 日');
    expect(shown({ ...base, type: 'number', min: 0, max: 9, unit: '元' }, '7')).toBe('7 元');
  });

  it('is absent when nothing was answered', () => {
    expect(shown({ ...base, type: 'text', maxLength: 5 }, undefined)).toBeUndefined();
    expect(shown({ ...base, type: 'text', maxLength: 5 }, '')).toBeUndefined();
  });
});
