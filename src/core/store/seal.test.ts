import { createCipheriv, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { KeyRing } from './key-ring.ts';
import { HEADER_BYTES, SEAL_BYTES } from './seal.ts';

const deviceKey = randomBytes(32);
const keys = new KeyRing(deviceKey, undefined, randomBytes);
const seal = keys.sealFor('outbox');
const text = Buffer.from('张三 990101195601010012');

/** As the first version sealed. */
function sealedByFirstVersion(rowId: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', deviceKey, nonce).setAAD(Buffer.from(rowId));
  return Buffer.concat([Buffer.of(1), nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}

describe('seal', () => {
  it('opens what it sealed, under the same row id', () => {
    expect(seal.open(seal.seal(text, 'row-1'), 'row-1')).toEqual({ ok: true, value: text });
  });

  it('shows nothing of the text and never the same bytes twice', () => {
    const one = seal.seal(text, 'row-1');
    expect(one).toHaveLength(text.length + SEAL_BYTES);
    expect(one.includes(text)).toBe(false);
    const two = seal.seal(text, 'row-1');
    expect(one.subarray(HEADER_BYTES).equals(two.subarray(HEADER_BYTES))).toBe(false);
  });

  it('refuses another row, another table, another key and every single changed byte', () => {
    const sealed = seal.seal(text, 'row-1');
    expect(seal.open(sealed, 'row-2').ok).toBe(false);
    expect(keys.sealFor('scan').open(sealed, 'row-1').ok).toBe(false);
    expect(new KeyRing(randomBytes(32), undefined, randomBytes).sealFor('outbox').open(sealed, 'row-1').ok).toBe(false);
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(seal.open(changed, 'row-1').ok, `byte ${at}`).toBe(false);
    }
  });

  it("refuses one record's key before another record's content, although both are whole", () => {
    const [one, two] = [seal.seal(text, 'row-1'), seal.seal(text, 'row-2')];
    const mixed = Buffer.concat([one.subarray(0, HEADER_BYTES), two.subarray(HEADER_BYTES)]);
    expect(seal.open(mixed, 'row-1').ok).toBe(false);
    expect(seal.open(mixed, 'row-2').ok).toBe(false);
  });

  it('refuses a value cut short at any place', () => {
    const sealed = seal.seal(text, 'r');
    for (let length = 0; length < sealed.length; length += 1)
      expect(seal.open(sealed.subarray(0, length), 'r').ok, `${length} bytes`).toBe(false);
  });

  it('is erased by overwriting its key alone, although the device key is known', () => {
    const sealed = seal.seal(text, 'row-1');
    sealed.fill(0, 21, HEADER_BYTES);
    expect(seal.open(sealed, 'row-1').ok).toBe(false);
  });

  it('still opens what the first version sealed, and nothing of it that was moved or changed', () => {
    const sealed = sealedByFirstVersion('row-1');
    expect(seal.open(sealed, 'row-1')).toEqual({ ok: true, value: text });
    expect(seal.open(sealed, 'row-2').ok).toBe(false);
    sealed.writeUInt8(sealed.readUInt8(15) ^ 1, 15);
    expect(seal.open(sealed, 'row-1').ok).toBe(false);
    expect(seal.open(Buffer.of(1, 2, 3), 'row-1').ok).toBe(false);
  });

  it('does not start with a key of the wrong length', () => {
    expect(() => new KeyRing(randomBytes(16), undefined, randomBytes)).toThrow(/32 bytes/);
  });
});

describe('a new device key', () => {
  const place = { table: 'outbox', rowId: 'row-1' } as const;
  const next = randomBytes(32);
  const between = new KeyRing(next, deviceKey, randomBytes);
  const after = new KeyRing(next, undefined, randomBytes);

  it('opens what the former one sealed while it is there, and seals nothing under the former', () => {
    expect(between.sealFor('outbox').open(seal.seal(text, 'row-1'), 'row-1')).toEqual({ ok: true, value: text });
    const sealed = between.sealFor('outbox').seal(text, 'row-1');
    expect(seal.open(sealed, 'row-1').ok).toBe(false);
    expect(after.sealFor('outbox').open(sealed, 'row-1')).toEqual({ ok: true, value: text });
  });

  it('is put around the key of the record; the content keeps its bytes', () => {
    const sealed = seal.seal(text, 'row-1');
    const rewrapped = between.rewrap(sealed, place);
    if (!rewrapped.ok) throw new Error(rewrapped.reason);
    expect(rewrapped.value.subarray(HEADER_BYTES).equals(sealed.subarray(HEADER_BYTES))).toBe(true);
    expect(after.sealFor('outbox').open(rewrapped.value, 'row-1')).toEqual({ ok: true, value: text });
    expect(seal.open(rewrapped.value, 'row-1').ok).toBe(false);
    expect(between.rewrap(sealed, { ...place, rowId: 'row-2' }).ok).toBe(false);
  });

  it('also takes over what the first version sealed', () => {
    const rewrapped = between.rewrap(sealedByFirstVersion('row-1'), place);
    if (!rewrapped.ok) throw new Error(rewrapped.reason);
    expect(after.sealFor('outbox').open(rewrapped.value, 'row-1')).toEqual({ ok: true, value: text });
  });
});
