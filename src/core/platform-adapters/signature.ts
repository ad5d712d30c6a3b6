import { sm2, sm3 } from 'sm-crypto-v2';

/**
 * SM3 of a text as UTF-8 or of bytes, in hex (GB/T 32905-2016). Not by node:crypto: Electron's has no SM algorithms.
 */
export function digestSm3(content: string | Uint8Array): string {
  return sm3(content);
}

/**
 * SM2 signature of a text as UTF-8: with SM3 and the distinguishing identifier 1234567812345678 (GB/T 32918.2-2016,
 * GB/T 35276-2017 for that identifier), DER in hex.
 *
 * @param key private key, 64 hex digits
 */
export function signSm2(text: string, key: string): string {
  return sm2.doSignature(text, key, { hash: true, der: true, publicKey: sm2.getPublicKeyFromPrivateKey(key) });
}
