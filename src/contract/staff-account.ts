import { z } from 'zod';

/** `hall-staff` keep the kiosk running; a `maintainer` also looks into it. */
export const staffRole = z.enum(['hall-staff', 'maintainer']);
export type StaffRole = z.infer<typeof staffRole>;

export const staffNumber = z.string().regex(/^\d{4,10}$/, 'must be four to ten digits');
export const staffPin = z.string().regex(/^\d{6,12}$/, 'must be six to twelve digits');

const hexBytes = (count: number) =>
  z
    .string()
    .length(2 * count)
    .regex(/^[0-9a-f]+$/);

/** One person who may sign in at the kiosk: by their real name, no account is shared. */
export const staffAccount = z.strictObject({
  number: staffNumber,
  name: z.string().trim().min(1).max(60),
  role: staffRole,
  /** scrypt (RFC 7914) with N = 32768, r = 8, p = 3 over the PIN's digits; 16 bytes of salt, 32 of hash. */
  pin: z.strictObject({ salt: hexBytes(16), hash: hexBytes(32) }),
});
export type StaffAccount = z.infer<typeof staffAccount>;
