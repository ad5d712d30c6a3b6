import { oc } from '@orpc/contract';
import { z } from 'zod';
import { ratingChannel, ratingLevel } from '../domain/rating.ts';
import { progressStage } from './visit-view.ts';

const instant = z.iso.datetime({ offset: true });
const keyHeader = z.object({ 'idempotency-key': z.uuid() });

/** One 办件 as the kiosk hands it in. Sub-cases of an 一件事 travel inside it, so that parent and children arrive together or not at all. */
export const caseSubmission = z.strictObject({
  id: z.uuid(),
  provisionalNumber: z.string(),
  receiptCode: z.string(),
  kioskId: z.string(),
  hallCode: z.string(),
  itemCode: z.string(),
  /** The catalogue version the citizen saw. */
  itemVersion: z.int().positive(),
  itemName: z.string(),
  /** Kiosk time of handing in; the platform adds its own time of receipt. */
  handedInAt: instant,
  applicant: z.strictObject({ name: z.string(), idNumber: z.string() }),
  situations: z.record(z.string(), z.string()),
  fields: z.record(z.string(), z.string()),
  materials: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      /** Pages to follow as scans: their ids and SHA-256 in hex. */
      pages: z.array(z.strictObject({ id: z.uuid(), sha256: z.string().length(64) })),
    }),
  ),
  /** PNG, base64 */
  signature: z.string(),
  parts: z.array(
    z.strictObject({
      code: z.string(),
      name: z.string(),
      department: z.string(),
      fields: z.record(z.string(), z.string()),
      materials: z.array(z.string()),
    }),
  ),
});
export type CaseSubmission = z.infer<typeof caseSubmission>;

export const scanSubmission = z.strictObject({
  id: z.uuid(),
  caseId: z.uuid(),
  material: z.string(),
  sha256: z.string().length(64),
  /** JPEG, base64 */
  image: z.string(),
});
export type ScanSubmission = z.infer<typeof scanSubmission>;

export const ratingSubmission = z.strictObject({
  id: z.uuid(),
  caseId: z.uuid(),
  level: ratingLevel,
  channel: ratingChannel,
  ratedAt: instant,
});
export type RatingSubmission = z.infer<typeof ratingSubmission>;

/** Answers that make sense for every write. 409: the same key is being worked on. 422: same key, other content. */
const write = oc.errors({
  IN_PROGRESS: { status: 409 },
  KEY_REUSED: { status: 422 },
  UNKNOWN_CASE: { status: 404 },
  /** The platform refuses the content for good; `reason` is for staff. */
  REFUSED: { status: 400, data: z.strictObject({ reason: z.string() }) },
});

export const platformApi = {
  health: oc
    .route({ method: 'GET', path: '/health', summary: 'Is the platform there' })
    .output(z.strictObject({ time: instant })),
  submitCase: write
    .route({ method: 'POST', path: '/cases', summary: 'Hand in a case', inputStructure: 'detailed' })
    .input(z.object({ headers: keyHeader, body: caseSubmission }))
    .output(z.strictObject({ officialNumber: z.string(), receivedAt: instant, partNumbers: z.array(z.string()) })),
  submitScan: write
    .route({
      method: 'POST',
      path: '/scans',
      summary: 'Hand in one scanned page of a case',
      inputStructure: 'detailed',
    })
    .input(z.object({ headers: keyHeader, body: scanSubmission }))
    .output(z.strictObject({ receivedAt: instant })),
  submitRating: write
    .route({ method: 'POST', path: '/ratings', summary: 'Hand in a rating of a case', inputStructure: 'detailed' })
    .input(z.object({ headers: keyHeader, body: ratingSubmission }))
    .output(z.strictObject({ receivedAt: instant })),
  progress: oc
    .errors({ UNKNOWN_NUMBER: { status: 404 } })
    .route({
      method: 'POST',
      path: '/progress',
      summary: 'Where a case stands; POST, since numbers do not belong in addresses',
    })
    .input(z.strictObject({ number: z.string().max(64) }))
    .output(
      z.strictObject({
        provisionalNumber: z.string(),
        officialNumber: z.string(),
        itemName: z.string(),
        stage: progressStage,
        handedInAt: instant,
        receivedAt: instant,
        department: z.string(),
      }),
    ),
};
export type PlatformApi = typeof platformApi;
