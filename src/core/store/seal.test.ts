import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSeal } from './seal.ts';

const seal = createSeal(randomBytes(32), randomBytes);
const text = Buffer.from('张三 990101195601010012');

describe('seal', () => {
  it('opens what it sealed, under the same row id', () => {
    expect(seal.open(seal.seal(text, 'row-1'), 'row-1')).toEqual({ ok: true, value: text });
  });

  it('shows nothing of the text and never the same bytes twice', () => {
    const one = seal.seal(text, 'row-1');
    expect(one.includes(text)).toBe(false);
    expect(one.equals(seal.seal(text, 'row-1'))).toBe(false);
  });

  it('refuses another row, another key and every single changed byte', () => {
    const sealed = seal.seal(text, 'row-1');
    expect(seal.open(sealed, 'row-2').ok).toBe(false);
    expect(createSeal(randomBytes(32), randomBytes).open(sealed, 'row-1').ok).toBe(false);
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(seal.open(changed, 'row-1').ok, `byte ${at}`).toBe(false);
    }
  });

  it('refuses a value cut short', () => {
    expect(seal.open(seal.seal(text, 'r').subarray(0, 20), 'r').ok).toBe(false);
    expect(seal.open(Buffer.alloc(0), 'r').ok).toBe(false);
  });

  it('does not start with a key of the wrong length', () => {
    expect(() => createSeal(randomBytes(16), randomBytes)).toThrow(/32 bytes/);
  });
});
