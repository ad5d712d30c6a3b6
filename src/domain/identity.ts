import { z } from 'zod';

/** What an identity card says, after decoding. Stays in core; pages get {@link MaskedPerson} only. */
export const cardPerson = z.strictObject({
  kind: z.enum(['resident', 'hk-macau-taiwan', 'foreigner-2017', 'foreigner-2023']),
  name: z.string().min(1),
  /** GB/T 2261.1: 0 unknown, 1 male, 2 female, 9 not stated. */
  sex: z.enum(['0', '1', '2', '9']),
  /** GB 3304 two-digit code of the 民族; absent on cards without one. */
  nation: z.string().optional(),
  /** YYYY-MM-DD */
  birth: z.iso.date(),
  address: z.string().optional(),
  idNumber: z.string().min(1),
  issuer: z.string().optional(),
  validFrom: z.iso.date(),
  /** YYYY-MM-DD, or `long-term` for 长期. */
  validTo: z.union([z.iso.date(), z.literal('long-term')]),
  /** False when the GB 11643 check character does not fit: warn, never discard the reading. */
  idNumberValid: z.boolean(),
});
export type CardPerson = z.infer<typeof cardPerson>;

export const maskedPerson = z.strictObject({
  /** Family name and one `*` for each further character, as in 张*. */
  name: z.string(),
  idLast4: z.string().length(4),
});
export type MaskedPerson = z.infer<typeof maskedPerson>;
