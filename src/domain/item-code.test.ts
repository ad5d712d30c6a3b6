import { expect, test } from 'vitest';
import { checkCreditCode } from './credit-code.ts';
import { parseItemCode } from './item-code.ts';

test.each([
  ['12441500196720244T3442199806003', { source: '44', type: '21', level: '3' }],
  ['11310000MB2F30661Y2312003564000', { source: '31', type: '20', level: '2' }],
])('[P-02] takes the published 实施编码 %s apart', (code, { source, type, level }) => {
  const parsed = parseItemCode(code);
  expect(parsed).toStrictEqual({
    ok: true,
    value: { basic: code.slice(19), source, type, body: { creditCode: code.slice(0, 18), level } },
  });
  expect(checkCreditCode(code.slice(0, 18))).toBe('valid');
});

test('[P-02] takes a published 基本编码 apart', () => {
  expect(parseItemCode('370117002011')).toStrictEqual({
    ok: true,
    value: { basic: '370117002011', source: '37', type: '01' },
  });
});

test('takes a 业务办理项编码 apart: the same with two more digits', () => {
  expect(parseItemCode('11310000MB2F30661Y231200356400001')).toMatchObject({
    value: { basic: '312003564000', variant: '01', body: { level: '2' } },
  });
});

test.each([
  ['wrong-length', ''],
  ['wrong-length', '37011700201'],
  ['wrong-length', '11310000MB2F30661Y23120035640000'],
  ['malformed', '37011700201X'],
  ['malformed', '11310000MB2F30661Y8312003564000'],
  ['malformed', '11310000mb2f30661y2312003564000'],
])('%s: %j', (reason, code) => {
  expect(parseItemCode(code)).toStrictEqual({ ok: false, reason });
});
