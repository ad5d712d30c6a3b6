import { z } from 'zod';
import {
  certificateCall,
  certificateId,
  certificatePurpose,
  certificateSummary,
  sealRecord,
  sealedCertificate,
  sealVerdict,
  showingPurpose,
  usedCertificate,
} from './certificate-record.ts';
import { citizenAsk, citizenHeaders, citizenRead, kioskRead } from './citizen-call.ts';
import {
  certificateUseExample,
  certificateVerifyExample,
  purposeExample,
  sealedExample,
  showingExample,
} from './hall-examples.ts';
import { purposeBound } from './purpose-bound.ts';

const kioskId = z.string().trim().min(1).max(64);

/** SHA-256 in hex over the content as canonical JSON (RFC 8785), as in the seal. */
const contentHash = sealRecord.shape.contentHash;

const useRefusals = [
  /** Not this person's, or nobody's. */
  'unknown-certificate',
  /** Suspended, revoked or expired. */
  'not-valid',
] as const;

/** E-certificates of the person at the kiosk. Every call is noted where the person can read it. */
export const certificateCalls = {
  listCertificates: citizenRead
    .route({
      method: 'POST',
      path: '/certificates/list',
      summary: 'E-certificates that the person at the kiosk may use, for one purpose',
      inputStructure: 'detailed',
    })
    .input(purposeBound)
    .output(z.object({ certificates: z.array(certificateSummary) })),
  useCertificate: citizenAsk(useRefusals)
    .route({
      method: 'POST',
      path: '/certificates/use',
      summary: 'An e-certificate in place of a material, as a copy that is noted to be for this purpose only',
      inputStructure: 'detailed',
    })
    .input(
      z.object({
        headers: citizenHeaders,
        body: z
          .strictObject({ kioskId, certificate: certificateId, purpose: certificatePurpose })
          .meta({ examples: [certificateUseExample] }),
      }),
    )
    .output(usedCertificate),
  verifyCertificate: citizenRead
    .route({
      method: 'POST',
      path: '/certificates/verify',
      summary:
        'Whether the copy of an e-certificate that was taken for a purpose says what was sealed, and still counts',
      inputStructure: 'detailed',
    })
    .input(
      z.object({
        headers: citizenHeaders,
        body: z
          .strictObject({ kioskId, certificate: certificateId, contentHash, purpose: certificatePurpose })
          .meta({ examples: [certificateVerifyExample] }),
      }),
    )
    .output(sealVerdict),
  showCertificate: citizenAsk(useRefusals)
    .route({
      method: 'POST',
      path: '/certificates/show',
      summary: 'A token by which one office may look at an e-certificate, once and within minutes',
      inputStructure: 'detailed',
    })
    .input(
      z.object({
        headers: citizenHeaders,
        body: z
          .strictObject({ kioskId, certificate: certificateId, showing: showingPurpose })
          .meta({ examples: [showingExample] }),
      }),
    )
    .output(z.object({ token: z.string(), expiresAt: z.iso.datetime({ offset: true }) })),
  certificateLog: citizenRead
    .route({
      method: 'POST',
      path: '/certificates/log',
      summary: 'Who looked at the e-certificates of the person at the kiosk, and what for; the newest first',
      inputStructure: 'detailed',
    })
    .input(
      z.object({
        headers: citizenHeaders,
        body: z.strictObject({ kioskId }).meta({ examples: [{ kioskId: purposeExample.kioskId }] }),
      }),
    )
    .output(z.object({ calls: z.array(certificateCall) })),
  checkSeal: kioskRead
    .route({
      method: 'POST',
      path: '/certificates/seal-checks',
      summary: 'Whether a sealed certificate says what was sealed, and still counts',
    })
    .input(z.strictObject({ kioskId, certificate: sealedCertificate }).meta({ examples: [sealedExample] }))
    .output(sealVerdict),
};
