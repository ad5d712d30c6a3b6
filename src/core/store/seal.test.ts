import { createCipheriv, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ciphersOf, cryptographyProfiles } from '../../../test/fixtures/cryptography-profiles.ts';
import { KeyRing } from './key-ring.ts';
import { HEADER_BYTES, SEAL_BYTES } from './seal.ts';

const deviceKey = randomBytes(32);
const text = Buffer.from('张三 990101195601010012');

const place = { table: 'outbox', rowId: 'row-1' } as const;

/** As the first version sealed. */
function sealedByFirstVersion(rowId: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', deviceKey, nonce).setAAD(Buffer.from(rowId));
  return Buffer.concat([Buffer.of(1), nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}

describe.each(cryptographyProfiles)('seal of the %s profile', (profile) => {
  const ciphers = ciphersOf[profile];
  const keys = new KeyRing(deviceKey, undefined, randomBytes, ciphers);
  const seal = keys.sealFor('outbox');

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
    const others = new KeyRing(randomBytes(32), undefined, randomBytes, ciphers);
    expect(others.sealFor('outbox').open(sealed, 'row-1').ok).toBe(false);
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

describe.each(cryptographyProfiles)('a new device key in the %s profile', (profile) => {
  const ciphers = ciphersOf[profile];
  const seal = new KeyRing(deviceKey, undefined, randomBytes, ciphers).sealFor('outbox');
  const next = randomBytes(32);
  const between = new KeyRing(next, deviceKey, randomBytes, ciphers);
  const after = new KeyRing(next, undefined, randomBytes, ciphers);

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

describe.each([
  ['international', 'national'],
  ['national', 'international'],
] as const)('from the %s profile to the %s one', (former, profile) => {
  const before = ciphersOf[former];
  const now = ciphersOf[profile];
  const sealed = new KeyRing(deviceKey, undefined, randomBytes, before).sealFor('outbox').seal(text, 'row-1');
  const keys = new KeyRing(deviceKey, undefined, randomBytes, now);

  it('opens what was sealed before, in its own place and under its own key only', () => {
    expect(keys.sealFor('outbox').open(sealed, 'row-1')).toEqual({ ok: true, value: text });
    expect(keys.sealFor('outbox').open(sealed, 'row-2').ok).toBe(false);
    expect(keys.sealFor('incoming_change').open(sealed, 'row-1').ok).toBe(false);
    const others = new KeyRing(randomBytes(32), undefined, randomBytes, now);
    expect(others.sealFor('outbox').open(sealed, 'row-1').ok).toBe(false);
  });

  it('does not take a value for one of the other profile when its first byte says so', () => {
    const changed = Buffer.from(sealed);
    changed.writeUInt8(now[0].version, 0);
    expect(keys.sealFor('outbox').open(changed, 'row-1').ok).toBe(false);
  });

  it('seals by the new one, and a rotation brings over what the former one sealed', () => {
    expect(keys.sealFor('outbox').seal(text, 'row-1')[0]).toBe(now[0].version);
    const next = randomBytes(32);
    const moved = new KeyRing(next, deviceKey, randomBytes, now).rewrap(sealed, place);
    if (!moved.ok) throw new Error(moved.reason);
    const after = new KeyRing(next, undefined, randomBytes, [now[0]]);
    expect(moved.value.subarray(0, after.mark.length).equals(after.mark)).toBe(true);
    expect(after.sealFor('outbox').open(moved.value, 'row-1')).toEqual({ ok: true, value: text });
  });

  it('is no value at all to a ring without its algorithm, which says so and does not throw', () => {
    expect(new KeyRing(deviceKey, undefined, randomBytes, [now[0]]).sealFor('outbox').open(sealed, 'row-1')).toEqual(
      expect.objectContaining({ ok: false, reason: 'broken' }),
    );
  });
});
