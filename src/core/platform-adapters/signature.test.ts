import { sm2 } from 'sm-crypto-v2';
import { expect, test } from 'vitest';
import { exampleKey, opensslVerifies } from '../../../test/fixtures/openssl-sm2.ts';
import { digestSm3, signSm2 } from './signature.ts';

// GB/T 32905-2016, annex A: both examples.
test.each([
  ['abc', '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'],
  ['abcd'.repeat(16), 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732'],
])('SM3 of the example %s', (text, digest) => {
  expect(digestSm3(text)).toBe(digest);
  expect(digestSm3(new TextEncoder().encode(text))).toBe(digest);
});

// GB/T 32918.5-2017, annex A.2: the signature of "message digest", with the k that the standard chose.
const r = 'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3';
const s = 'b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa';

test('SM2 makes and knows the signature of the example', () => {
  const k = BigInt('0x59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21');
  const { publicKey } = { publicKey: sm2.getPublicKeyFromPrivateKey(exampleKey.private) };
  expect(publicKey).toBe(exampleKey.public);
  const x1 = BigInt('0x04ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73');
  const options = { hash: true, publicKey };
  expect(sm2.doSignature('message digest', exampleKey.private, { ...options, pointPool: [{ k, x1 }] })).toBe(r + s);
  expect(sm2.doVerifySignature('message digest', r + s, publicKey, options)).toBe(true);
  expect(sm2.doVerifySignature('message digesT', r + s, publicKey, options)).toBe(false);
});

test('what is signed is right by another implementation, for this text and this key only', async () => {
  const text = '2026-11-22 09:30:00KIOSK机密';
  const signature = signSm2(text, exampleKey.private);
  expect(await opensslVerifies(text, signature)).toBe(true);
  expect(await opensslVerifies(`${text} `, signature)).toBe(false);
  const other = sm2.generateKeyPairHex();
  expect(await opensslVerifies(text, signature, other.publicKey)).toBe(false);
  expect(signSm2(text, exampleKey.private)).not.toBe(signature);
});
