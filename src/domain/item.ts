import { z } from 'zod';
import { basis, condition, itemDetails, materialDetails } from './item-details.ts';

const line = z.string().trim().min(1);

const option = z.strictObject({ id: z.string().regex(/^[a-z0-9-]+$/), label: line, help: line.optional() });

/** A 情形 question: its answers choose the materials and fields that apply. */
const situation = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  question: line,
  help: line.optional(),
  options: z.array(option).min(2),
  when: condition.optional(),
});
export type Situation = z.infer<typeof situation>;

/** Where a known value comes from, so that nobody types it again. */
export const prefillSources = [
  'card.name',
  'card.idNumber',
  'card.sex',
  'card.nation',
  'card.birth',
  'card.address',
] as const;
export type PrefillSource = (typeof prefillSources)[number];

const fieldBase = {
  name: z.string().regex(/^[a-z][A-Za-z0-9]*$/),
  /** Asked on the page, as a question. */
  question: line,
  /** Short name for the check-answers page and the receipt. */
  label: line,
  help: line.optional(),
  required: z.boolean(),
  /** Why this is asked (C-46). */
  reason: line,
  when: condition.optional(),
  prefill: z.enum(prefillSources).optional(),
};

/** One question of a form. Values travel as strings; `choices` as option ids joined by a comma. */
export const formField = z.discriminatedUnion('type', [
  z.strictObject({ ...fieldBase, type: z.literal('text'), maxLength: z.int().positive() }),
  z.strictObject({ ...fieldBase, type: z.literal('number'), min: z.number(), max: z.number(), unit: line.optional() }),
  /** YYYY-MM-DD; `span` limits it against today. */
  z.strictObject({ ...fieldBase, type: z.literal('date'), span: z.enum(['past', 'future', 'any']) }),
  z.strictObject({ ...fieldBase, type: z.literal('phone') }),
  z.strictObject({ ...fieldBase, type: z.literal('email') }),
  z.strictObject({ ...fieldBase, type: z.literal('id-number') }),
  z.strictObject({ ...fieldBase, type: z.literal('credit-code') }),
  z.strictObject({ ...fieldBase, type: z.literal('choice'), options: z.array(option).min(2) }),
  z.strictObject({ ...fieldBase, type: z.literal('choices'), options: z.array(option).min(2) }),
  z.strictObject({ ...fieldBase, type: z.literal('yes-no') }),
]);
export type FormField = z.infer<typeof formField>;

const material = z.strictObject({
  /** Id in the material catalogue, shared by items, so that one scan can serve many. */
  id: z.string().regex(/^[A-Z0-9-]+$/),
  name: line,
  /** `scan`: the citizen lays the paper under the camera. `card`: the identity card itself. `form`: this form. */
  source: z.enum(['scan', 'card', 'form']),
  copies: z.int().nonnegative(),
  basis,
  /** Why it is asked, in plain words. */
  reason: line,
  when: condition.optional(),
  ...materialDetails,
});
export type Material = z.infer<typeof material>;

const guide = z.strictObject({
  legalBasis: z.array(basis).min(1),
  /** 法定 and 承诺 limits in working days; 0 means on the spot. */
  limits: z.strictObject({ legal: z.int().nonnegative(), promised: z.int().nonnegative() }),
  audience: line,
  places: z.array(z.strictObject({ name: line, address: line, hours: line })).min(1),
  questions: z.array(z.strictObject({ question: line, answer: line })).min(1),
  flow: z.array(z.strictObject({ step: line, who: line, duration: line })).min(1),
  fees: line,
  phones: z.strictObject({ advice: line, complaint: line }),
  /** 到现场次数 */
  visits: z.int().nonnegative(),
  /** 办事深度 1 to 3 */
  depth: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  result: line,
});

/** One 事项 as the hall offers it. Field meanings after GB/T 39046-2020 and GB/T 39554.1-2020. */
export const catalogueItem = z.strictObject({
  /** 实施编码: USCC of the body (18) + level (1) + basic code (12). */
  code: z.string().regex(/^[0-9A-Z]{18}[1-7][0-9A-Z]{12}$/),
  version: z.int().positive(),
  updatedOn: z.iso.date(),
  name: line,
  /** Everyday words people use for it. */
  alsoCalled: z.array(line),
  /** 事项类型, GB/T 39046 A.1: 01 许可, 05 给付, 07 确认, 10 其他, 20 公共服务 … */
  type: z.string().regex(/^\d{2}$/),
  department: z.strictObject({ name: line, creditCode: z.string().length(18) }),
  /** GB/T 39046 A.6: 即办 or 承诺. */
  kind: z.enum(['on-the-spot', 'promised']),
  guide,
  situations: z.array(situation),
  fields: z.array(formField).min(1),
  materials: z.array(material).min(1),
  /** An 一件事: one form, and a sub-case for each part. Parts name the fields and materials they need of the common ones. */
  parts: z
    .array(
      z.strictObject({
        code: z.string().length(31),
        name: line,
        department: z.strictObject({ name: line, creditCode: z.string().length(18) }),
        fields: z.array(z.string()).min(1),
        materials: z.array(z.string()).min(1),
      }),
    )
    .min(2)
    .optional(),
  ...itemDetails,
});
export type CatalogueItem = z.infer<typeof catalogueItem>;
