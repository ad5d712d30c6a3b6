import type { Day } from '../calendar/day.ts';
import { maxPagesPerMaterial } from '../application.ts';
import { checkField, type FieldRule } from '../form-rules.ts';
import type { CatalogueItem, Material } from '../item.ts';
import { substitute, wantedMaterial, type AtHand, type PublishedLists } from '../proofs/substitution.ts';
import { applicableFields, applicableMaterials, applicableSituations, type Answers } from '../situations.ts';
import type { Ground } from './one-time-notice.ts';

/** A hand-in as the rules look at it. */
export interface ReviewedContent {
  readonly answers: Answers;
  readonly fields: Readonly<Record<string, string>>;
  /** Pictures of each material; one that is named without a picture was read from a card or is the form. */
  readonly pictures: Readonly<Record<string, number>>;
  /** Materials in whose place the applicant committed in writing. */
  readonly commitments?: readonly string[];
}

/**
 * Beside the content: what the certificate library and the credit service have of the applicant, what checks over the network
 * said by material, and the day on which it was handed in.
 */
export type ReviewedWith = Pick<AtHand, 'eCertificates' | 'today'> & Partial<Pick<AtHand, 'credit' | 'verified'>>;

/** What a published rule of pre-review says when it finds something. */
export const defectKinds = [
  'question-unanswered',
  'answer-unknown',
  'field-missing',
  'field-wrong',
  'material-missing',
  'too-many-pictures',
  'certificate-expired',
] as const;
export type DefectKind = (typeof defectKinds)[number];

/** A ground that the rules found, with what is needed to say it in words. */
export interface Defect extends Ground {
  readonly kind: DefectKind;
  /** The question, the field's label or the material's name, as the item has it. */
  readonly subject: string;
  /** Of a field: the rule it breaks. */
  readonly broken?: FieldRule;
  /** Of a certificate: its last day. */
  readonly validTo?: Day;
}

/** Raised when what a rule finds changes, so that a notice can be followed later. */
const ruleVersion = 1;

/**
 * Pre-review (预审) by published rules: they are derived from the item that the person saw, so everybody can know them.
 * Questions answered, form values as the form wants them, every material that applies there or replaced (六个一律), not more
 * pictures than a material takes, and no certificate that had expired on the day of handing in. All defects at once, in the
 * order of the pages (一次性告知, 行政许可法 art. 32 (1) 4).
 */
export function preReview(
  item: CatalogueItem,
  content: ReviewedContent,
  beside: ReviewedWith,
  lists: PublishedLists,
): readonly Defect[] {
  return [
    ...checkAnswers(item, content),
    ...checkFields(item, content, beside.today),
    ...applicableMaterials(item, content.answers).flatMap((material) =>
      checkMaterial(item, material, content, beside, lists),
    ),
  ];
}

function checkAnswers(item: CatalogueItem, { answers }: ReviewedContent): Defect[] {
  return applicableSituations(item, answers).flatMap(({ id, question, options }) => {
    const answer = answers[id];
    if (answer === undefined) return [defect('question-unanswered', id, question)];
    return options.some((option) => option.id === answer) ? [] : [defect('answer-unknown', id, question)];
  });
}

function checkFields(item: CatalogueItem, { answers, fields }: ReviewedContent, today: Day): Defect[] {
  return applicableFields(item, answers).flatMap((field) => {
    const checked = checkField(field, fields[field.name] ?? '', today);
    if (checked.ok) return [];
    if (checked.reason === 'required') return [defect('field-missing', field.name, field.label)];
    return [{ ...defect('field-wrong', field.name, field.label), broken: checked.reason }];
  });
}

function checkMaterial(
  { highRisk }: CatalogueItem,
  material: Material,
  { pictures, commitments = [] }: ReviewedContent,
  { eCertificates, today, credit = 'unknown', verified = {} }: ReviewedWith,
  lists: PublishedLists,
): Defect[] {
  const { id, name, source, certificate } = material;
  const count = pictures[id] ?? 0;
  const isThere = source !== 'scan' || count > 0;
  if (count > maxPagesPerMaterial) return [defect('too-many-pictures', id, name)];
  const last = certificate === undefined ? undefined : lastDayOf(certificate, eCertificates);
  if (isThere && last !== undefined && last < today)
    return [{ ...defect('certificate-expired', id, name), validTo: last }];
  if (isThere) return [];
  const { by, reason } = substitute(
    wantedMaterial(material, highRisk),
    {
      today,
      certificatesShown: [],
      eCertificates,
      verified,
      materialsHandedIn: Object.keys(pictures).filter((other) => other !== id),
      credit,
      ...(commitments.includes(id) && { commitment: 'accepted' as const }),
    },
    lists,
  );
  return by === 'paper' || reason === 'offered' ? [defect('material-missing', id, name)] : [];
}

/** Of the certificate of a type that is valid longest; nothing when there is none, or when it never ends. */
function lastDayOf(type: string, certificates: AtHand['eCertificates']): Day | undefined {
  const valid = certificates.filter((one) => one.type === type && one.state === 'valid');
  const days = valid.flatMap(({ validTo }) => validTo ?? []);
  return days.length < valid.length ? undefined : days.toSorted().at(-1);
}

function defect(kind: DefectKind, on: string, subject: string): Defect {
  return { rule: `pre-review.${kind}@${ruleVersion}`, on: [on], kind, subject };
}
