import { scrypt, timingSafeEqual } from 'node:crypto';
import type { StaffAccount } from '../../contract/staff-account.ts';

/** OWASP Password Storage Cheat Sheet, scrypt: 32 MiB a try, so that guessing from a stolen configuration stays dear. */
const COST = { N: 32_768, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };
const HASH_BYTES = 32;

/** As long a check as that of a real account, which it never passes: a number that nobody has takes no less time. */
const nobody: StaffAccount['pin'] = { salt: '00'.repeat(16), hash: '00'.repeat(HASH_BYTES) };

export async function isRightPin(kept: StaffAccount['pin'] | undefined, pin: string): Promise<boolean> {
  const { salt, hash } = kept ?? nobody;
  const found = await hashOf(pin, Buffer.from(salt, 'hex'));
  return timingSafeEqual(found, Buffer.from(hash, 'hex')) && kept !== undefined;
}

function hashOf(pin: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, HASH_BYTES, COST, (error, hash) => {
      if (error) reject(error);
      else resolve(hash);
    });
  });
}
