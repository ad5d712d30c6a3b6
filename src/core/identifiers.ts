/** Fresh random numbers, injected so that tests can repeat a run. */
export interface Random {
  /** 0 up to, not including, 1. */
  fraction(): number;
  bytes(count: number): Buffer;
}

/** UUID version 7 (RFC 9562, 5.7): 48 bits of milliseconds, then random. Sorts by time of making. */
export function makeUuidV7(at: Date, random: Random): string {
  const bytes = random.bytes(16);
  bytes.writeUIntBE(at.getTime(), 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Crockford's letters: none that people take for another one. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 26;
const RECEIPT_CODE = new RegExp(`^[${ALPHABET}]{${CODE_LENGTH}}$`, 'i');

/** 130 random bits as 26 letters: says nothing and cannot be guessed. */
export function makeReceiptCode(random: Random): string {
  let code = '';
  for (const byte of random.bytes(CODE_LENGTH)) code += ALPHABET.charAt(byte & 31);
  return code;
}

/** Whether a text could be such a code, in whichever case it is written. */
export function isReceiptCode(text: string): boolean {
  return RECEIPT_CODE.test(text);
}
