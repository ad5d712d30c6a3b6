import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accepts, applyKey, isAvailable, padKeyOf } from './entry.ts';
import { group } from './grouping.ts';
import { isControlKey, keypadKinds, layouts } from './layouts.ts';

function type(keys: string | readonly string[], rules: Parameters<typeof applyKey>[2]): string {
  return (typeof keys === 'string' ? keys.split('') : keys).reduce((value, key) => applyKey(value, key, rules), '');
}

describe('typing on a pad', () => {
  it('takes digits up to the limit and gives them back one by one', () => {
    const rules = { kind: 'digits', maxLength: 11 } as const;
    expect(type('138001380009', rules)).toBe('13800138000');
    expect(type(['1', '2', '3', 'backspace', 'backspace', '7'], rules)).toBe('17');
    expect(applyKey('', 'backspace', rules)).toBe('');
  });

  it('lets X stand only where the check character of an identity number is', () => {
    const rules = { kind: 'id-number' } as const;
    expect(type('99X0101', rules)).toBe('990101');
    expect(type('99010119500101001X5', rules)).toBe('99010119500101001X');
    expect(isAvailable('9901011950010100', 'X', rules)).toBe(false);
    expect(isAvailable('99010119500101001', 'X', rules)).toBe(true);
  });

  it('lets a number have one point, and not as its first character', () => {
    expect(type('.1.5.2', { kind: 'number' })).toBe('1.52');
  });

  it('has none of the five letters that a credit code never has', () => {
    for (const letter of 'IOSVZ') expect(accepts('', letter, { kind: 'credit-code' })).toBe(false);
    expect(type('91I35', { kind: 'credit-code' })).toBe('9135');
  });

  it('takes no space first and no two in a row', () => {
    expect(type(['space', 'a', 'space', 'space', 'B'], { kind: 'letters' })).toBe('a B');
  });

  it('has a use for every key it shows', () => {
    for (const kind of keypadKinds) {
      for (const key of layouts[kind].flatMap((row) => row.keys)) {
        if (isControlKey(key)) continue;
        const before = kind === 'id-number' ? '0'.repeat(17) : '1';
        expect(accepts(before, key, { kind }), `${kind} ${key}`).toBe(true);
      }
    }
  });

  it('never lets a value grow past its limit or hold a character the pad has not', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...keypadKinds),
        fc.integer({ min: 1, max: 30 }),
        fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 2 })),
        (kind, maxLength, keys) => {
          const value = type(keys, { kind, maxLength });
          expect(value.length).toBeLessThanOrEqual(Math.max(maxLength, 18));
          expect(value).toMatch(/^[A-Za-z0-9@._ -]*$/);
        },
      ),
    );
  });
});

describe('a real keyboard beside the screen', () => {
  it('types what the pad has and nothing else', () => {
    expect(padKeyOf('7', 'digits')).toBe('7');
    expect(padKeyOf('x', 'id-number')).toBe('X');
    expect(padKeyOf('q', 'letters')).toBe('q');
    expect(padKeyOf('Backspace', 'digits')).toBe('backspace');
    expect(padKeyOf(' ', 'letters')).toBe('space');
    expect(padKeyOf(' ', 'digits')).toBeUndefined();
    expect(padKeyOf('F5', 'letters')).toBeUndefined();
    expect(padKeyOf('Enter', 'letters')).toBeUndefined();
  });
});

describe('groups of characters', () => {
  it('reads a phone number as 3 4 4 and an identity number as 6 8 4', () => {
    expect(group('13800138000', 'phone')).toEqual(['138', '0013', '8000']);
    expect(group('1380', 'phone')).toEqual(['138', '0']);
    expect(group('99010119500101001X', 'id-number')).toEqual(['990101', '19500101', '001X']);
    expect(group('', 'phone')).toEqual([]);
  });

  it('loses no character', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('phone', 'id-number', 'credit-code'), (value, grouping) => {
        expect(group(value, grouping).join('')).toBe(value);
      }),
    );
  });
});
