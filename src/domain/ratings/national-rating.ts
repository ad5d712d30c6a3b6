import { z } from 'zod';
import { hallClock, hallDay } from '../calendar/day.ts';
import { matterStateCodes, nationalApplicantCodes, type ApplicantKind, type MatterState } from '../codes/case-codes.ts';
import { codeProfiles } from '../codes/code-profiles.ts';
import { done, refused, type Result } from '../result.ts';
import type { CatalogueItem } from '../item.ts';
import type { GivenRating } from './given-rating.ts';

const filled = z.string().trim().min(1);
const clock = z.string().regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/);
const tagCodes = z.string().regex(/^(\d{3}(,\d{3})*)?$/);

/** Fields about people: all empty when the rating is anonymous. */
const personal = [
  'userName',
  'userProp',
  'userPageType',
  'certKey',
  'handleUserName',
  'handleUserPageType',
  'handleUserPageCode',
] as const;

/**
 * One record of the national rating upload, named and coded as its public integrations do (Shandong, Zhejiang; the
 * national document itself is not public). Every field is there; what is not known is an empty string. A level set by
 * the system has no place: its mark `isprotion` is no field here, and `pf` is 3 code, 4 pad or 5 terminal.
 */
export const nationalRating = z
  .strictObject({
    /** 办件编号 */
    projectNo: filled,
    pf: z.enum(['3', '4', '5']),
    /** Unified credit code of the department. */
    deptCode: z.string().regex(/^[0-9A-HJ-NPQRTUWXY]{18}$/),
    /** 实施编码 */
    taskCode: z.string().length(31),
    /** 业务办理项编码 */
    taskHandleItem: z.union([z.literal(''), z.string().length(33)]),
    taskName: filled,
    /** 1 for persons, 2 for legal persons. */
    subMatter: z.enum(['1', '2']),
    /** 1 待办理, 2 办理中, 3 已完结 */
    proStatus: z.enum(['1', '2', '3']),
    proDepart: filled,
    userName: z.string(),
    userProp: z.enum(['', '1', '2']),
    /** Three digits after GA/T 2000.156, as 111 for the identity card. */
    userPageType: z.string().regex(/^(\d{3})?$/),
    certKey: z.string(),
    handleUserName: z.string(),
    handleUserPageType: z.string().regex(/^(\d{3})?$/),
    handleUserPageCode: z.string(),
    /** 5 is the best. */
    satisfaction: z.enum(['1', '2', '3', '4', '5']),
    /** Codes of the tags, with commas. */
    evalDetail: tagCodes,
    writingEvaluation: z.string(),
    assessTime: clock,
    /** 1 first, 2 second rating. */
    assessNumber: z.enum(['1', '2']),
    /** How many times the person was served in this case. */
    serviceNumber: z.string().regex(/^[1-9]\d*$/),
    dataSource: z.string().regex(/^\d{3}$/),
    /** 办件类型: 1 即办, 2 承诺 */
    promisetime: z.enum(['1', '2']),
    /** Empty until the department accepted the case. */
    acceptDate: z.union([z.literal(''), clock]),
    /** 1 anonymous, 2 with name */
    anonymityFlag: z.enum(['1', '2']),
    /** Version of the tags. */
    evaVersion: z.string().regex(/^[1-9]\d*$/),
  })
  .superRefine((record, context) => {
    if (Number(record.satisfaction) < 3 && record.evalDetail === '' && record.writingEvaluation === '') {
      context.addIssue({ code: 'custom', path: ['evalDetail'], message: 'a level below 3 needs a reason' });
    }
    const named = personal.filter((field) => record[field] !== '');
    if ((record.anonymityFlag === '1') !== (named.length === 0)) {
      context.addIssue({ code: 'custom', path: ['anonymityFlag'], message: `does not fit ${named.join(', ')}` });
    }
  });
export type NationalRating = z.infer<typeof nationalRating>;

/** What is known of the case that was rated. */
export interface RatedMatter {
  readonly officialNumber: string;
  readonly department: { readonly name: string; readonly creditCode: string };
  readonly itemCode: string;
  /** 业务办理项编码, when the item has one. */
  readonly variantCode?: string;
  readonly itemName: string;
  readonly kind: CatalogueItem['kind'];
  readonly audience: ApplicantKind;
  readonly state: MatterState;
  /** ISO 8601 with offset; absent until 受理. */
  readonly acceptedAt?: string;
  readonly servedTimes: number;
  /** Three digits that the province gave to this kind of source. */
  readonly dataSource: string;
}

interface NamedPerson {
  readonly name: string;
  /** GA/T 2000.156 */
  readonly documentType: string;
  readonly documentNumber: string;
}

/** Ratings are anonymous unless the person wanted their name with it. */
export type Rater =
  | 'anonymous'
  | { readonly kind: ApplicantKind; readonly applicant: NamedPerson; readonly agent?: NamedPerson };

/** A record on its way, and what is told beside it, since the national fields have no place for it. */
export interface RatingUpload {
  readonly record: NationalRating;
  /** Handed over on a later day than it was given: the statistics of that day were already out. */
  readonly late: boolean;
}

const routes = { page: 'terminal', pad: 'pad', qr: 'qr' } as const;

/** The two fields that no two uploads may share. */
export const uploadKey = ({ projectNo, assessNumber }: Pick<NationalRating, 'projectNo' | 'assessNumber'>): string =>
  `${projectNo} ${assessNumber}`;

/**
 * The record of a rating for the national upload.
 *
 * @param handedOverAt when it leaves; ISO 8601 with offset
 * @param uploaded keys of what was taken before; a second record with the same one is refused, as upstream does
 * @returns `malformed`: what is known of the case does not fit; the detail names the fields
 */
export function prepareUpload(
  rating: GivenRating,
  matter: RatedMatter,
  rater: Rater,
  handedOverAt: string,
  uploaded: ReadonlySet<string>,
): Result<RatingUpload, 'duplicate' | 'malformed'> {
  const { national } = codeProfiles;
  const named = rater === 'anonymous' ? undefined : rater;
  const parsed = nationalRating.safeParse({
    projectNo: matter.officialNumber,
    pf: national.routes.pairs.get(routes[rating.source]),
    deptCode: matter.department.creditCode,
    taskCode: matter.itemCode,
    taskHandleItem: matter.variantCode ?? '',
    taskName: matter.itemName,
    subMatter: nationalApplicantCodes.pairs.get(matter.audience),
    proStatus: matterStateCodes.pairs.get(matter.state),
    proDepart: matter.department.name,
    userName: named?.applicant.name ?? '',
    userProp: named ? nationalApplicantCodes.pairs.get(named.kind) : '',
    userPageType: named?.applicant.documentType ?? '',
    certKey: named?.applicant.documentNumber ?? '',
    handleUserName: named?.agent?.name ?? '',
    handleUserPageType: named?.agent?.documentType ?? '',
    handleUserPageCode: named?.agent?.documentNumber ?? '',
    satisfaction: national.levels.pairs.get(rating.level),
    evalDetail: rating.tags.join(','),
    writingEvaluation: rating.text,
    assessTime: nationalClock(rating.at),
    assessNumber: String(rating.number),
    serviceNumber: String(matter.servedTimes),
    dataSource: matter.dataSource,
    promisetime: national.kinds.pairs.get(matter.kind),
    acceptDate: matter.acceptedAt === undefined ? '' : nationalClock(matter.acceptedAt),
    anonymityFlag: named ? '2' : '1',
    evaVersion: String(rating.tagVersion),
  });
  if (!parsed.success) return refused('malformed', parsed.error.issues.map(({ path }) => path.join('.')).join(', '));
  const record = parsed.data;
  if (uploaded.has(uploadKey(record))) return refused('duplicate');
  return done({ record, late: hallDay(handedOverAt) > hallDay(rating.at) });
}

const nationalClock = (instant: string): string => hallClock(instant).replace('T', ' ');
