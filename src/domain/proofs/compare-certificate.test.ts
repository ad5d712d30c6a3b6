import { expect, test } from 'vitest';
import { differingLabels } from './compare-certificate.ts';

const certificate = { 出生日期: '2026-01-01', 姓名: '欧阳 小样', 编号: 'Ｐ123' };

test.each([
  ['nothing, when all is the same', { 出生日期: '2026-01-01', 姓名: '欧阳小样', 编号: 'p123' }, []],
  ['what is different, in the order of the form', { 编号: 'P124', 出生日期: '2026-01-02' }, ['编号', '出生日期']],
  ['nothing of what the certificate does not say', { 电话: '13800001234' }, []],
])('names %s', (_case, said, differing) => expect(differingLabels(said, certificate)).toEqual(differing));
