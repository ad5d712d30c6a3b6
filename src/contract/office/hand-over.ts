import { z } from 'zod';
import { crossRegionOffice } from '../../domain/cross-region.ts';
import { officeHeaders, officer, officeRead, officeWrite } from './office-call.ts';
import { instant, sha256 } from '../word.ts';

const region = z.string().regex(/^\d{6}$/);
const mode = z.enum(['all-online', 'collect-and-forward', 'joint']);

/** What is in a package, each part with its hash. */
const manifest = z.strictObject({
  form: z.literal(1),
  packageId: z.uuid(),
  caseId: z.uuid(),
  from: region,
  to: region,
  mode,
  packedAt: instant,
  /** `payload`, `content` and `page/…` with the id of a page. */
  entries: z.array(z.strictObject({ name: z.string().max(64), sha256, bytes: z.int().nonnegative() })),
});
export type Manifest = z.infer<typeof manifest>;

/** A case for another region, whole. */
export const handOverPackage = z.strictObject({
  manifest,
  /** SHA-256 over the manifest as RFC 8785 writes it; what is acknowledged. */
  manifestHash: sha256,
  /** JSON of `CrossRegionPayload`: what the mode asks for. */
  payload: z.string(),
  /** JSON of the case as it was handed in, with its supplements. */
  content: z.string(),
  pages: z.array(z.strictObject({ id: z.uuid(), image: z.base64() })),
});
export type HandOverPackage = z.infer<typeof handOverPackage>;

const acknowledgement = z.strictObject({
  packageId: z.uuid(),
  manifestHash: sha256,
  /** The case's number at the other region. */
  officialNumber: z.string().min(1).max(64),
  receivedAt: instant,
});
export type Acknowledgement = z.infer<typeof acknowledgement>;

/** One line of what became of a case between regions; the same case has lines on both sides. */
const handOverLine = z.object({
  packageId: z.uuid(),
  direction: z.enum(['out', 'in']),
  from: region,
  to: region,
  mode,
  /** Packed, or received. */
  at: instant,
  /**
   * Of one that went out: `packed` until something is heard of it, `not-as-packed` after the other region found it changed on
   * its way, `acknowledged` once it has it. Of one that came in: `received`.
   */
  state: z.enum(['packed', 'not-as-packed', 'acknowledged', 'received']),
  /** Arrivals that were not as the manifest says: each with the first part that differed, as `page/…`. Nothing of them was taken. */
  mismatches: z.array(z.object({ at: instant, part: z.string() })),
  /** Of one that went out, once the other region acknowledged it. */
  acknowledged: z.object({ at: instant, officialNumber: z.string() }).optional(),
});
export type HandOverLine = z.infer<typeof handOverLine>;

/** 跨区域通办: a case goes to the platform of the region that decides. An office's own system carries the package. */
export const handOverCalls = {
  pack: officeWrite([
    'unknown-case',
    /** Announced scans have not come. */
    'pages-missing',
    'case-is-over',
    /** The item does not offer that mode for that region. */
    'not-offered',
    /** The applicant chose another mode or region. */
    'other-than-chosen',
    'packed-before',
  ])
    .route({
      method: 'POST',
      path: '/hand-over/pack',
      summary: 'Pack a case for another region',
      inputStructure: 'detailed',
    })
    .input(
      z.object({
        headers: officeHeaders,
        body: z.strictObject({
          officer,
          caseId: z.uuid(),
          mode,
          homeRegion: region,
          /** The office here, and the one that decides. */
          here: crossRegionOffice,
          home: crossRegionOffice,
          /** On the envelope; of 异地代收代办 only. */
          sealNumber: z.string().max(40),
          waybill: z.string().max(40),
        }),
      }),
    )
    .output(z.object({ packageId: z.uuid(), manifestHash: sha256 })),
  fetch: officeRead
    .errors({ UNKNOWN_PACKAGE: { status: 404 } })
    .route({ method: 'POST', path: '/hand-over/fetch', summary: 'A package that was packed here' })
    .input(z.strictObject({ packageId: z.uuid() }))
    .output(handOverPackage),
  receive: officeWrite([
    /** Something in it does not have the hash that the manifest says, is missing or is not in the manifest. */
    'damaged',
    /** Of another region than ours. */
    'not-for-here',
    'content-differs',
  ])
    .route({
      method: 'POST',
      path: '/hand-over/receive',
      summary: 'Take in a package of another region',
      inputStructure: 'detailed',
    })
    .input(z.object({ headers: officeHeaders, body: z.strictObject({ officer, region, package: handOverPackage }) }))
    .output(acknowledgement),
  acknowledge: officeWrite(['unknown-package', 'hash-differs', 'acknowledged-before'])
    .route({
      method: 'POST',
      path: '/hand-over/acknowledge',
      summary: 'The other region has the package',
      inputStructure: 'detailed',
    })
    .input(z.object({ headers: officeHeaders, body: z.strictObject({ officer, acknowledgement }) }))
    .output(z.object({ acknowledgedAt: instant })),
  reportMismatch: officeWrite(['unknown-package', 'acknowledged-before'])
    .route({
      method: 'POST',
      path: '/hand-over/mismatches',
      summary: 'What arrived at the other region is not what was packed; the package is there to be fetched again',
      inputStructure: 'detailed',
    })
    .input(
      z.object({
        headers: officeHeaders,
        /** `part`: as the other platform named it when it refused the package. */
        body: z.strictObject({ officer, packageId: z.uuid(), part: z.string().trim().min(1).max(64) }),
      }),
    )
    .output(z.object({ reportedAt: instant })),
  arrivals: officeRead
    .route({
      method: 'POST',
      path: '/hand-over/arrivals',
      summary: 'Packages that did not arrive here as they were packed, the newest first',
    })
    .input(z.strictObject({}))
    .output(
      z.object({
        mismatches: z.array(z.object({ packageId: z.uuid(), caseId: z.uuid(), at: instant, part: z.string() })),
      }),
    ),
  trail: officeRead
    .route({ method: 'POST', path: '/hand-over/trail', summary: 'What became of a case between regions' })
    .input(z.strictObject({ caseId: z.uuid() }))
    .output(z.object({ lines: z.array(handOverLine) })),
};
