import { z } from 'zod';
import { isDay } from './calendar/day.ts';
import { checkEnteredCreditCode } from './checks/credit-code.ts';
import { checkIdentityNumber } from './checks/identity-number.ts';
import { checkPhone } from './checks/phone.ts';
import type { Verdict } from './checks/verdict.ts';
import type { FormField } from './item.ts';
import { assertNever, done, refused, type Result } from './result.ts';

/** The rules a form value can break; each has a sentence of its own on the page. */
export const fieldRule = z.enum([
  'required',
  'too-long',
  'not-a-number',
  'out-of-range',
  'not-a-date',
  'must-be-past',
  'must-be-future',
  'not-a-phone',
  'not-an-email',
  'not-an-id-number',
  'not-a-credit-code',
  'unknown-option',
]);
export type FieldRule = z.infer<typeof fieldRule>;

type Checked = Result<string, FieldRule>;

/** RFC 5321, 4.5.3.1.3: a path of 256 octets with its angle brackets. */
const longestEmail = 254;

/**
 * Checks what a person entered in one field and brings it to one form: full-width digits to half-width, no spaces in
 * numbers, choices in the order of the item. An empty value of a field that is not required is fine and stays empty.
 *
 * @param today YYYY-MM-DD at the hall. A `past` date may be today (a child born this morning), and so may a `future` one.
 */
export function checkField(field: FormField, value: string, today: string): Checked {
  const entered = value.normalize('NFKC').trim();
  if (entered === '') return field.required ? refused('required') : done('');
  switch (field.type) {
    case 'text':
      // Not NFKC: it would turn Chinese punctuation into its western look.
      return checkText(value, field.maxLength);
    case 'number':
      return checkNumber(entered, field.min, field.max);
    case 'date':
      return checkDate(entered, field.span, today);
    case 'phone':
      return unlessStopped(checkPhone(entered), 'not-a-phone');
    case 'email':
      return checkEmail(entered);
    case 'id-number':
      return checkIdNumber(entered, today);
    case 'credit-code':
      return unlessStopped(checkEnteredCreditCode(entered), 'not-a-credit-code');
    case 'choice':
      return field.options.some((option) => option.id === entered) ? done(entered) : refused('unknown-option');
    case 'choices':
      return checkChoices(
        entered,
        field.options.map((option) => option.id),
      );
    case 'yes-no':
      return entered === 'yes' || entered === 'no' ? done(entered) : refused('unknown-option');
    default:
      return assertNever(field);
  }
}

function checkText(value: string, maxLength: number): Checked {
  const text = value
    .normalize('NFC')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return Array.from(text).length > maxLength ? refused('too-long') : done(text);
}

function checkNumber(entered: string, min: number, max: number): Checked {
  if (!/^-?\d{1,15}(\.\d{1,6})?$/.test(entered)) return refused('not-a-number');
  const number = Number(entered);
  return number < min || number > max ? refused('out-of-range') : done(String(number));
}

function checkDate(entered: string, span: 'past' | 'future' | 'any', today: string): Checked {
  if (!isDay(entered)) return refused('not-a-date');
  // Dates of this shape compare as text.
  if (span === 'past' && entered > today) return refused('must-be-past');
  if (span === 'future' && entered < today) return refused('must-be-future');
  return done(entered);
}

function checkEmail(entered: string): Checked {
  const known = entered.length <= longestEmail && /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(entered);
  return known ? done(entered) : refused('not-an-email');
}

/** What a person confirms passes here: the page shows the warning. */
function unlessStopped(verdict: Verdict<string, string>, rule: FieldRule): Checked {
  return verdict.level === 'stop' ? refused(rule) : done(verdict.value);
}

/** No warning passes: a number of 15 digits is one of 18 with three forgotten, more often than a number of before 2013. */
function checkIdNumber(entered: string, today: string): Checked {
  const verdict = checkIdentityNumber(entered, today);
  return verdict.level === 'ok' ? done(verdict.value) : refused('not-an-id-number');
}

function checkChoices(entered: string, options: readonly string[]): Checked {
  const chosen = new Set(entered.split(',').map((id) => id.trim()));
  if (![...chosen].every((id) => options.includes(id))) return refused('unknown-option');
  return done(options.filter((id) => chosen.has(id)).join(','));
}
