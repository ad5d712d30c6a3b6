import type { RatingSubmission } from '../../contract/platform-api.ts';
import { giveRating } from '../../domain/ratings/given-rating.ts';
import { prepareUpload, type NationalRating } from '../../domain/ratings/national-rating.ts';
import type { RatingTagList } from '../../domain/ratings/tags.ts';
import { done, refused, type Result } from '../../domain/result.ts';
import type { CatalogueItem } from '../../domain/item.ts';
import type { CaseRecord } from '../case/case-records.ts';
import { tagList } from '../rating/reasons.ts';

interface Rated {
  /** With its official number, by which the national record names it. */
  readonly record: CaseRecord | undefined;
  readonly item: CatalogueItem | undefined;
  readonly dataSource: string;
  /** ISO 8601 with offset */
  readonly now: string;
}

/**
 * The national record of a rating that was given here, as far as this kiosk knows the case: that it was accepted since then
 * the receiver knows better. A kiosk keeps nothing about people, so with a name there is no record.
 */
export function ratingRecord(
  { caseId, level, channel, ratedAt, number, tags, text = '', named }: RatingSubmission,
  { record, item, dataSource, now }: Rated,
): Result<NationalRating, 'reason-missing' | 'invalid'> {
  if (named) return refused('invalid', 'with a name');
  if (!record?.officialNumber) return refused('invalid', 'case-not-registered');
  const press = {
    matter: caseId,
    number: number ?? (1 as const),
    level,
    source: channel,
    tags: tags?.codes ?? [],
    text,
    at: ratedAt,
  };
  const given = giveRating(press, tags ? listOf(level, tags) : tagList);
  if (!given.ok) return given.reason === 'reason-needed' ? refused('reason-missing') : refused('invalid', given.reason);
  const matter = {
    officialNumber: record.officialNumber,
    department: { name: record.department, creditCode: record.itemCode.slice(0, 18) },
    itemCode: record.itemCode,
    itemName: record.itemName,
    kind: item?.kind ?? 'promised',
    audience: 'person',
    state: 'waiting',
    servedTimes: 1,
    dataSource,
  } as const;
  const upload = prepareUpload(given.value, matter, 'anonymous', now, new Set());
  return upload.ok
    ? done(upload.value.record)
    : refused('invalid', `${upload.reason} ${'detail' in upload ? upload.detail : ''}`.trim());
}

/** Tags were checked when they were chosen, against the list of that time; a newer one may have come since then. */
function listOf(
  level: RatingSubmission['level'],
  { version, codes }: NonNullable<RatingSubmission['tags']>,
): RatingTagList {
  return { ...tagList, version, tags: codes.map((code) => ({ code, level, place: 'on-site', label: code })) };
}
