import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { idNumberCheckCharacter } from './id-number.ts';
import { publicResult } from './public-result.ts';

const granted = {
  officialNumber: '9901012026112300017',
  itemName: '高龄津贴认定（2026年）',
  department: '安澜县民政局',
  applicantName: '欧阳试样',
  decidedOn: '2026-11-23',
};

test('a line has the name masked and the end of the number', () => {
  expect(publicResult(granted)).toStrictEqual({
    numberEnd: '0017',
    itemName: '高龄津贴认定（2026年）',
    department: '安澜县民政局',
    applicant: '欧阳**',
    decidedOn: '2026-11-23',
  });
});

const day = fc.date({
  min: new Date('1920-01-01T00:00:00Z'),
  max: new Date('2026-01-01T00:00:00Z'),
  noInvalidDate: true,
});
const idNumber = fc.tuple(day, fc.integer({ min: 0, max: 999 })).map(([birth, serial]) => {
  const first17 = `990101${birth.toISOString().slice(0, 10).replaceAll('-', '')}${String(serial).padStart(3, '0')}`;
  return first17 + idNumberCheckCharacter(first17);
});
const phone = fc.integer({ min: 0, max: 999_999_999 }).map((rest) => `13${String(rest).padStart(9, '0')}`);
/** As numbers get into names of things: plain, in groups, in full width. */
const ways: readonly ((number: string) => string)[] = [
  (number) => number,
  (number) => number.replaceAll(/(\d{3,4})(?=\d)/g, '$1 '),
  (number) => number.replaceAll(/(\d{3,4})(?=\d)/g, '$1-'),
  (number) => number.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
];
const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const plain = (words: string) => words.normalize('NFKC').replaceAll(/[\s-]/g, '');

test('no number of a person is in it, whatever the case says', () => {
  fc.assert(
    fc.property(fc.oneof(idNumber, phone), fc.constantFrom(...ways), text, text, (number, write, before, after) => {
      const inside = `${before}${write(number)}${after}`;
      const line = publicResult({
        ...granted,
        itemName: inside,
        department: inside,
        applicantName: inside,
        officialNumber: `9901012026${number}`,
      });
      for (const shown of Object.values(line)) {
        expect(plain(shown)).not.toContain(number);
        if (shown !== line.decidedOn) expect(plain(shown)).not.toMatch(/\d{17}[\dX]|1\d{10}/i);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('no whole name is in it', () => {
  const han = fc.integer({ min: 0x4e00, max: 0x9fa5 }).map((code) => String.fromCodePoint(code));
  fc.assert(
    fc.property(fc.array(han, { minLength: 1, maxLength: 6 }), (characters) => {
      const name = characters.join('');
      const { applicant } = publicResult({ ...granted, applicantName: name });
      expect(applicant).not.toContain(name);
      expect(applicant).toHaveLength(name.length);
    }),
  );
});
