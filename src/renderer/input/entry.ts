import { assertNever } from '../../domain/result.ts';
import type { KeypadKind, PadKey } from './layouts.ts';
import { isControlKey, layouts } from './layouts.ts';
import { CREDIT_CODE_LENGTH, ID_NUMBER_LENGTH, LONGEST_ENTRY } from './limits.ts';

interface EntryRules {
  readonly kind: KeypadKind;
  readonly maxLength?: number;
}

/** The value after one more character or a backspace. A key that does not fit here leaves the value as it is. */
export function applyKey(value: string, key: PadKey, rules: EntryRules): string {
  if (key === 'backspace') return value.slice(0, -1);
  const character = key === 'space' ? ' ' : key;
  return accepts(value, character, rules) ? value + character : value;
}

/** Whether this character may come next; the pad dims the keys that may not. */
export function accepts(value: string, character: string, rules: EntryRules): boolean {
  if (value.length >= longest(rules)) return false;
  switch (rules.kind) {
    case 'digits':
      return isDigit(character);
    case 'number':
      return isDigit(character) || (character === '.' && value !== '' && !value.includes('.'));
    case 'id-number':
      // X stands for ten and can only be the check character, at the end.
      return isDigit(character) || (character === 'X' && value.length === ID_NUMBER_LENGTH - 1);
    case 'credit-code':
      return layouts['credit-code'].some((row) => row.keys.includes(character));
    case 'case-number':
      return /^[A-Z0-9-]$/.test(character);
    case 'letters':
      return /^[A-Za-z0-9@._ -]$/.test(character) && !(character === ' ' && (value === '' || value.endsWith(' ')));
    default:
      return assertNever(rules.kind);
  }
}

/** The pad key that a key of a real keyboard stands for, or undefined when this pad has none. */
export function padKeyOf(key: string, kind: KeypadKind): PadKey | undefined {
  if (key === 'Backspace') return 'backspace';
  if (key.length !== 1) return undefined;
  if (key === ' ') return kind === 'letters' ? 'space' : undefined;
  if (kind === 'letters') return key;
  return key.toUpperCase();
}

export function isAvailable(value: string, key: PadKey, rules: EntryRules): boolean {
  if (key === 'backspace') return value !== '';
  if (key === 'space') return accepts(value, ' ', rules);
  return isControlKey(key) || accepts(value, key, rules);
}

function longest({ kind, maxLength }: EntryRules): number {
  if (kind === 'id-number') return ID_NUMBER_LENGTH;
  if (kind === 'credit-code') return CREDIT_CODE_LENGTH;
  return maxLength ?? LONGEST_ENTRY;
}

function isDigit(character: string): boolean {
  return /^\d$/.test(character);
}
