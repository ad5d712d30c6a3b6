import type { RatingSubmission } from '../../contract/platform-api.ts';
import type { GivenRating } from '../../domain/ratings/given-rating.ts';
import {
  prepareUpload,
  type NationalRating,
  type RatedMatter,
  type Rater,
} from '../../domain/ratings/national-rating.ts';
import { appliesTo } from '../../domain/situations.ts';
import type { CatalogueItem } from '../../domain/item.ts';
import type { RatedCase } from './rated-case.ts';

/**
 * Which kind of source the ratings come from. Provinces give these three digits out when a system is connected; this is
 * that of the reference platform.
 */
const DATA_SOURCE = '900';

/** 居民身份证, GA/T 2000.156. */
const IDENTITY_CARD = '111';

/** A rating in the national form, or why that must wait. `late`: handed over on a later day than it was given. */
export type NationalForm =
  | { readonly record: NationalRating; readonly late: boolean }
  | { readonly held: 'reason-missing' | 'item-unknown' | 'malformed' };

/**
 * The national record of a rating, of what is known of its case now: whether it goes on, when it was accepted, how often the
 * person was served in it.
 *
 * @param given undefined for a bad level without a reason: the person may keep it to themselves, but the upload asks for one
 * @param at when the platform took it; ISO 8601 with offset
 */
export function nationalForm(
  submission: RatingSubmission,
  given: GivenRating | undefined,
  rated: RatedCase,
  item: CatalogueItem | undefined,
  at: string,
): NationalForm {
  if (!given) return { held: 'reason-missing' };
  if (!item) return { held: 'item-unknown' };
  // Whether another record has the key is for the table of ratings to say.
  const upload = prepareUpload(given, matterOf(rated, item), raterOf(submission, rated), at, new Set());
  return upload.ok ? upload.value : { held: 'malformed' };
}

function matterOf({ submission, officialNumber, acceptedAt, closedAt, supplements }: RatedCase, item: CatalogueItem) {
  const variant = item.variants?.find(({ when }) => appliesTo(when, submission.situations));
  const objects = item.record?.objects ?? ['1'];
  const matter: RatedMatter = {
    officialNumber,
    department: item.department,
    itemCode: submission.itemCode,
    ...(variant && { variantCode: variant.code }),
    itemName: submission.itemName,
    kind: item.kind,
    audience: objects.includes('1') ? 'person' : 'legal-person',
    state: closedAt !== undefined ? 'finished' : acceptedAt !== undefined ? 'in-progress' : 'waiting',
    ...(acceptedAt !== undefined && { acceptedAt }),
    servedTimes: 1 + supplements,
    dataSource: DATA_SOURCE,
  };
  return matter;
}

function raterOf({ named }: RatingSubmission, { submission: { applicant } }: RatedCase): Rater {
  if (named === undefined) return 'anonymous';
  const { name, idNumber: documentNumber } = applicant;
  return { kind: 'person', applicant: { name, documentType: IDENTITY_CARD, documentNumber } };
}
