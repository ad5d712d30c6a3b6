import { z } from 'zod';
import { maskedPerson } from '../domain/identity.ts';
import { instant, line, sha256, word } from './word.ts';

/** 电子证照标识, GB/T 36904. */
export const certificateId = z.string().regex(/^1\.2\.156\.3005\.2\.[0-9A-Z.]{10,110}$/);

/** What an e-certificate says. */
export const certificateContent = z.strictObject({
  id: certificateId,
  /** One of the catalogue's list of types, such as `birth-certificate`. */
  type: z.string().regex(/^[a-z-]{1,40}$/),
  /** As it stands on it: 出生医学证明. */
  name: line,
  issuer: z.strictObject({ creditCode: z.string().length(18), name: line }),
  /** Whom it is about, with the number of an identity document or of a company. */
  holder: z.strictObject({ name: line, number: word }),
  issuedOn: z.iso.date(),
  /** The last day; absent for 长期. */
  validTo: z.iso.date().optional(),
  /** What is on it beside that, by the words that are on it. */
  fields: z.record(line, line),
});
export type CertificateContent = z.infer<typeof certificateContent>;

/** 电子印章 on an e-certificate: a signature over the hash of what it says. */
export const sealRecord = z.strictObject({
  number: word,
  /** As in 安澜县民政局电子印章. */
  name: line,
  /** SHA-256 in hex over the content as canonical JSON (RFC 8785). */
  contentHash: sha256,
  sealedAt: instant,
  algorithm: z.literal('Ed25519'),
  /** Over the canonical JSON of all the rest of this record. */
  signature: z.base64().max(200),
});
export type SealRecord = z.infer<typeof sealRecord>;

/** Why a sealed certificate is not to be believed. */
export const sealFlaw = z.enum([
  /** It says something else than what was sealed. */
  'content-changed',
  /** Nobody here sealed that. */
  'signature-wrong',
  'unknown-certificate',
  /** Once true, not any more. */
  'suspended',
  'revoked',
  'expired',
]);
export type SealFlaw = z.infer<typeof sealFlaw>;
export const sealedCertificate = z.strictObject({ content: certificateContent, seal: sealRecord });
export const sealVerdict = z.object({ valid: z.boolean(), flaw: sealFlaw.optional() });

export const certificateState = z.enum(['valid', 'suspended', 'revoked']);

/** An e-certificate in a list: enough to choose it, with its holder masked. */
export const certificateSummary = z.object({
  id: certificateId,
  type: z.string(),
  name: line,
  issuer: line,
  holder: maskedPerson,
  state: certificateState,
  validTo: z.iso.date().optional(),
});
export type CertificateSummary = z.infer<typeof certificateSummary>;

/**
 * What certificates are asked for: nobody looks at them without saying for which item and case, for which material of it, and
 * where. The machine is the kiosk that asks.
 */
export const certificatePurpose = z.strictObject({
  item: word,
  /** The case, or the one that the application becomes when it is handed in. */
  caseId: z.uuid(),
  /** Of the item's list of materials. */
  material: word,
  /** Code of the hall. */
  place: z.string().regex(/^\d{6,12}$/),
});
export type CertificatePurpose = z.infer<typeof certificatePurpose>;

/** What showing a certificate is for, as the person saw it before they agreed. */
export const showingPurpose = z.strictObject({
  /** The office that may look, and its name. */
  office: word,
  officeName: line,
  /** In words: 办理酒店入住. */
  use: line,
  item: word.optional(),
});
export type ShowingPurpose = z.infer<typeof showingPurpose>;

/** 加注件: the copy that a use gives is for that use only, and says so. */
export const usedCertificate = z.object({
  content: certificateContent,
  seal: sealRecord,
  note: z.object({ purpose: certificatePurpose, kioskId: z.string(), madeAt: instant, until: instant }),
});
export type UsedCertificate = z.infer<typeof usedCertificate>;

/** One look at somebody's certificates: what, when, by which machine or office, what for. */
export const certificateCall = z.object({
  at: instant,
  what: z.enum(['listed', 'used', 'verified', 'shown', 'looked-at']),
  /** Id and name of the certificate; absent when they were listed. */
  certificate: z.object({ id: certificateId, name: line }).optional(),
  /** Kiosk, or office that looked. */
  by: word,
  purpose: certificatePurpose.optional(),
  showing: showingPurpose.optional(),
});
export type CertificateCall = z.infer<typeof certificateCall>;
