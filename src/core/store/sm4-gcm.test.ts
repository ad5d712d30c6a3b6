import { createCipheriv, hkdfSync } from 'node:crypto';
import fc from 'fast-check';
import { hkdf, sm4 } from 'sm-crypto-v2';
import { describe, expect, it, test } from 'vitest';
import { KEY_BYTES } from './derive-key.ts';
import { sm4Gcm, sm4Key } from './sm4-gcm.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

// GB/T 32907-2016, annex A: key and plain text of both examples are the same bytes.
const example = hex('0123456789abcdeffedcba9876543210');

describe('SM4 gives the answers of GB/T 32907', () => {
  it('for one block (A.1)', () => {
    expect(sm4.encrypt(example, example, { padding: 'none' })).toBe('681edf34d206965e86b3e94f536e4246');
    expect(
      Buffer.from(sm4.decrypt(hex('681edf34d206965e86b3e94f536e4246'), example, { padding: 'none', output: 'array' })),
    ).toEqual(example);
  });

  it('for one block encrypted 1,000,000 times (A.2)', () => {
    // CBC over blocks of zero encrypts its own output again and again: with the plain text as its beginning that is the example.
    const zeros = new Uint8Array(1_000_000 * 16);
    const chain = sm4.encrypt(zeros, example, { mode: 'cbc', iv: example, padding: 'none', output: 'array' });
    expect(Buffer.from(chain.subarray(-16)).toString('hex')).toBe('595298c7c6fd271f0402f804c33d3f66');
  });
});

// RFC 8998, appendix A.1.
const nonce = hex('00001234567800000000abcd');
const bound = hex('feedfacedeadbeeffeedfacedeadbeefabaddad2');
const plain = hex(
  'aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd' +
    'eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa',
);
const sealed = hex(
  '17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735' +
    'd82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d',
);
const tag = hex('83de3541e4c2b58177e065a9bf7b62ec');

/** SP 800-38D, 6.3 and 6.4, bit by bit as it is written there. */
function ghash(key: Buffer, associated: Uint8Array, content: Uint8Array): Buffer {
  const number = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  const padded = (bytes: Uint8Array) => [...bytes, ...new Uint8Array((16 - (bytes.length % 16)) % 16)];
  const lengths = Buffer.alloc(16);
  lengths.writeUInt32BE(8 * associated.length, 4);
  lengths.writeUInt32BE(8 * content.length, 12);
  const blocks = Buffer.from([...padded(associated), ...padded(content), ...lengths]);
  let hash = 0n;
  for (let at = 0; at < blocks.length; at += 16) {
    const factor = hash ^ number(blocks.subarray(at, at + 16));
    let product = 0n;
    let shifted = number(key);
    for (let bit = 127n; bit >= 0n; bit -= 1n) {
      if ((factor >> bit) & 1n) product ^= shifted;
      shifted = shifted & 1n ? (shifted >> 1n) ^ (0xe1n << 120n) : shifted >> 1n;
    }
    hash = product;
  }
  return Buffer.from(hash.toString(16).padStart(32, '0'), 'hex');
}

describe('SM4 in GCM', () => {
  it('gives the answer of RFC 8998, A.1, and opens it', () => {
    const [content, itsTag] = sm4Key(example).encrypt(plain, nonce, bound);
    expect([Buffer.from(content), Buffer.from(itsTag)]).toEqual([sealed, tag]);
    const opened = sm4Key(example).decrypt(Buffer.concat([sealed, tag]), nonce, bound);
    expect(opened).toEqual({ ok: true, value: plain });
  });

  it('refuses that answer with one bit of text, tag, nonce or bound bytes changed, and any shorter tag', () => {
    const whole = Buffer.concat([sealed, tag]);
    const flipped = (bytes: Buffer, at: number) => {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      return changed;
    };
    const key = sm4Key(example);
    for (let at = 0; at < whole.length; at += 1) expect(key.decrypt(flipped(whole, at), nonce, bound).ok).toBe(false);
    for (let at = 0; at < nonce.length; at += 1) expect(key.decrypt(whole, flipped(nonce, at), bound).ok).toBe(false);
    for (let at = 0; at < bound.length; at += 1) expect(key.decrypt(whole, nonce, flipped(bound, at)).ok).toBe(false);
    for (let length = 0; length < whole.length; length += 1)
      expect(key.decrypt(whole.subarray(0, length), nonce, bound).ok).toBe(false);
  });

  it('gives what the blocks of OpenSSL and the formulas of SP 800-38D give, whatever the lengths', () => {
    const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
    const some = fc.uint8Array({ maxLength: 200 });
    fc.assert(
      fc.property(bytes(16), bytes(12), some, some, (key, iv, text, associated) => {
        // 7.1: with a nonce of 12 bytes the tag is masked at the counter 1, and the text begins at 2.
        const counterFrom = (n: number) => createCipheriv('sm4-ctr', key, Buffer.concat([iv, Buffer.of(0, 0, 0, n)]));
        const content = counterFrom(2).update(text);
        const hashKey = createCipheriv('sm4-ecb', key, null).update(Buffer.alloc(16));
        const [itsContent, itsTag] = sm4Key(key).encrypt(text, iv, associated);
        expect(Buffer.from(itsContent)).toEqual(content);
        expect(Buffer.from(itsTag)).toEqual(counterFrom(1).update(ghash(hashKey, associated, content)));
      }),
    );
  });
});

test('the key that wraps is derived by HKDF with SM3 as OpenSSL derives it', () => {
  const info = 'hall-kiosk record-keys sm4';
  const deviceKey = Buffer.alloc(KEY_BYTES, 7);
  const derived = Buffer.from(hkdfSync('sm3', deviceKey, new Uint8Array(), info, 16));
  expect(Buffer.from(hkdf(deviceKey, undefined, Buffer.from(info), 16))).toEqual(derived);
  const [content, itsTag] = sm4Key(derived).encrypt(plain, nonce, bound);
  const [wrapped, wrapTag] = sm4Gcm.wrappingKey(deviceKey).encrypt(plain, nonce, bound);
  expect([wrapped, wrapTag]).toEqual([content, itsTag]);
});
