import { z } from 'zod';
import {
  certificateContent,
  certificateId,
  certificateState,
  sealedCertificate,
  sealRecord,
  sealVerdict,
  showingPurpose,
} from '../certificate-record.ts';
import { officeHeaders, officeRead, officer, officeWrite } from './office-call.ts';
import { instant } from '../word.ts';

const issueRefusals = [
  'id-malformed',
  /** An office issues and changes its own only. */
  'other-issuer',
  'exists-already',
] as const;
export const issued = z.object({ id: certificateId, seal: sealRecord });

const stateRefusals = ['unknown-certificate', 'other-issuer'] as const;
export const stateChanged = z.object({ id: certificateId, state: certificateState });

const lookRefusals = [
  /** Never given, over, or looked at before. */
  'token-unknown',
  /** Shown to somebody else. */
  'other-office',
] as const;
/** What a window sees of a certificate that is shown to it. The holder's number is masked: the person stands before the window. */
export const shownCertificate = z.object({
  certificate: certificateContent,
  seal: sealVerdict,
  showing: showingPurpose,
  shownAt: instant,
});

/** The certificate library, as issuing offices and windows use it. */
export const certificateOfficeCalls = {
  issue: officeWrite(issueRefusals)
    .route({
      method: 'POST',
      path: '/certificates/issue',
      summary: 'Issue an e-certificate under the seal of the office',
      inputStructure: 'detailed',
    })
    .input(
      z.object({
        headers: officeHeaders,
        body: z.strictObject({
          officer,
          certificate: certificateContent,
          seal: sealRecord.pick({ number: true, name: true }),
          /** Who may use it: the holder, or who acts for them by law, as the parents of a newborn. */
          usableBy: z
            .array(z.strictObject({ kind: z.enum(['person', 'company']), number: z.string().trim().min(1).max(64) }))
            .min(1),
        }),
      }),
    )
    .output(issued),
  setState: officeWrite(stateRefusals)
    .route({
      method: 'POST',
      path: '/certificates/states',
      summary: 'Suspend or revoke an e-certificate, or make it valid again',
      inputStructure: 'detailed',
    })
    .input(
      z.object({
        headers: officeHeaders,
        body: z.strictObject({ officer, certificate: certificateId, state: certificateState }),
      }),
    )
    .output(stateChanged),
  look: officeWrite(lookRefusals)
    .route({
      method: 'POST',
      path: '/certificates/looks',
      summary: 'Look at what somebody shows with a token, once',
      inputStructure: 'detailed',
    })
    .input(
      z.object({
        headers: officeHeaders,
        body: z.strictObject({ officer, token: z.string().regex(/^[\w-]{16,64}$/) }),
      }),
    )
    .output(shownCertificate),
  checkSeal: officeRead
    .route({
      method: 'POST',
      path: '/certificates/seal-checks',
      summary: 'Whether a sealed certificate says what was sealed, and still counts',
    })
    .input(sealedCertificate)
    .output(sealVerdict),
};
