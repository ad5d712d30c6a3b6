import { expect, test } from 'vitest';
import { comparedContent } from './compared-content.ts';

test('a record is the same with and without the mark of a doubtful clock, and with nothing else changed', () => {
  const record = { id: '1', fields: { phone: '13900000000' } };
  expect(comparedContent({ ...record, clockSuspect: { driftSeconds: 600 } })).toEqual(comparedContent(record));
  expect(comparedContent({ ...record, id: '2' })).not.toEqual(comparedContent(record));
  expect(comparedContent(record)).toEqual(record);
});
