import { z } from 'zod';
import { assuranceLevels } from '../domain/assurance.ts';
import { kioskAsk } from './citizen-call.ts';
import { identityExample } from './hall-examples.ts';
import { line, word as number } from './word.ts';

/** A person by name and number of an identity document. */
export const namedPerson = z.strictObject({ name: line, idNumber: number });
/** A mobile number of the mainland. */
export const mobilePhone = z.string().regex(/^1\d{10}$/);

/** What a kiosk read or was told, by the way it was said. The kiosk keeps nothing of it beyond the visit. */
const identityReading = z.discriminatedUnion('method', [
  /** Read from the chip of the card. */
  z.strictObject({
    method: z.literal('id-card'),
    person: namedPerson,
    validTo: z.union([z.iso.date(), z.literal('long-term')]),
  }),
  /** Read from the chip of the 社保卡. */
  z.strictObject({ method: z.literal('social-card'), person: namedPerson }),
  /** Shown on the telephone by the province's app; good once. */
  z.strictObject({ method: z.literal('platform-code'), code: z.string().regex(/^[\w-]{16,64}$/) }),
  /** 法人 UKey, opened with its PIN by the agent, who is named in it. */
  z.strictObject({ method: z.literal('company-key'), creditCode: z.string().length(18), agent: namedPerson }),
  /** Typed in, as it came to that telephone. */
  z.strictObject({ method: z.literal('sms-code'), phone: mobilePhone, code: z.string().regex(/^\d{6}$/) }),
]);
export type IdentityReading = z.infer<typeof identityReading>;

/** A statement of the platform about who is at a kiosk. It says nothing to anybody who reads it. */
export const identityToken = z.object({
  token: z.string().min(1).max(2_000),
  level: z.enum(assuranceLevels),
  /** 实名 */
  realName: z.boolean(),
  expiresAt: z.iso.datetime({ offset: true }),
});
export type IdentityToken = z.infer<typeof identityToken>;

const identityRefusals = [
  'card-expired',
  'number-malformed',
  /** Never given, used before, over, or guessed at too often. */
  'code-unknown',
] as const;

export const identityCalls = {
  exchangeIdentity: kioskAsk(identityRefusals)
    .route({
      method: 'POST',
      path: '/identity-tokens',
      summary: 'A short-lived token for who is at the kiosk, good for this kiosk only',
    })
    .input(z.strictObject({ kioskId: number, reading: identityReading }).meta({ examples: [identityExample] }))
    .output(identityToken),
};
