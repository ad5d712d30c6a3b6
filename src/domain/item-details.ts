import { z } from 'zod';
import { highRiskFields } from './proofs/commitment.ts';
import { instantRules } from './instant-approval.ts';
import { specialProcedureKind } from './limits/special-procedures.ts';

const line = z.string().trim().min(1);
const day = z.iso.date();

/** A law or rule that something rests on: title, article, and the words that matter. */
export const basis = z.strictObject({ title: line, article: line, text: line });

/** Holds when every listed situation question has one of the given answers. */
export const condition = z.array(z.strictObject({ question: z.string(), anyOf: z.array(z.string()).min(1) })).min(1);
export type Condition = z.infer<typeof condition>;

/**
 * The stamp of the secrecy review (上网不涉密，涉密不上网). Without one, or when the verdict is `classified`, content is
 * never shown and never packed.
 */
export const reviewStamp = z.strictObject({
  number: line,
  office: line,
  reviewedOn: day,
  verdict: z.enum(['open', 'classified']),
});

export type ReviewStamp = z.infer<typeof reviewStamp>;

/** A 特别程序 of this item: which, for how many days, and by which rule. GB/T 39046-2020 A.7 only tells extensions from others. */
const specialProcedure = z.strictObject({
  kind: specialProcedureKind,
  name: line,
  days: z.int().positive(),
  basis,
});

/**
 * What the national item table (up_task_general_basic and its extension) says of an item beside its guide. Code lists:
 * GB/T 39046-2020 Annex A.
 */
const itemRecord = z.strictObject({
  /** task_state, plan_effective_date, plan_cancel_date */
  state: z.enum(['in-force', 'suspended', 'withdrawn']),
  effectiveOn: day,
  cancelledOn: day.optional(),
  /** 服务对象, A.4: 1 natural person, 2 company, 3 public institution, 4 social body, 5 office, 6 other. */
  objects: z.array(z.enum(['1', '2', '3', '4', '5', '6'])).min(1),
  /** 办理形式, A.5: 1 window, 2 computer, 3 mobile, 4 post, 9 other. The list has no code for a terminal: that is 9. */
  forms: z.array(z.enum(['1', '2', '3', '4', '9'])).min(1),
  /** 是否支持终端办理 */
  terminal: z.boolean(),
  online: z.boolean(),
  appointment: z.boolean(),
  onlinePayment: z.boolean(),
  /** Whether the result comes by post, and who pays for that. */
  post: z.enum(['none', 'free', 'paid']),
  /** 通办范围 */
  area: z.enum(['county', 'city', 'province', 'nation']),
  /** 面向自然人或者法人的主题分类 */
  topics: z.array(line).min(1),
  /** 联办机构 */
  withOffices: z.array(line),
  specialProcedures: z.array(specialProcedure),
});

/** 办理项 (33 characters): one way to get the item, chosen by the answers. */
const itemVariant = z.strictObject({ code: z.string().length(33), name: line, when: condition.optional() });

/** Stages of 申请 → 受理 → 审查 → 决定 → 制证 → 送达, with the working days of each. */
const itemStage = z.strictObject({
  stage: z.enum(['accept', 'review', 'decide', 'make', 'deliver']),
  office: line,
  days: z.int().nonnegative(),
});

/**
 * What stands for a material, in this order: a certificate the person holds, its electronic form, a check over the
 * network, a written commitment (告知承诺), and only then the paper.
 */
export const substitutes = ['certificate', 'e-certificate', 'network-check', 'commitment', 'paper'] as const;

/** How an item is done for somebody whose home is elsewhere. */
export const crossRegionOffer = z.strictObject({
  /** 全域通办 within the prefecture, between two partner provinces, 跨省通办. */
  scope: z.enum(['prefecture', 'partner-province', 'between-provinces']),
  /** 全程网办, 异地代收代办, 多地联办 */
  mode: z.enum(['all-online', 'collect-and-forward', 'joint']),
  /** Home regions (six digits) the offer is for. */
  regions: z.array(z.string().regex(/^\d{6}$/)).min(1),
  /** What it means for the person, what it costs, and how many working days are added. */
  meaning: line,
  costs: line,
  addedDays: z.int().nonnegative(),
});
export type CrossRegionOffer = z.infer<typeof crossRegionOffer>;

/** Somebody whose home is elsewhere chose to have an item done here, in this way. */
export const crossRegionChoice = z.strictObject({
  homeRegion: z.string().regex(/^\d{6}$/),
  mode: crossRegionOffer.shape.mode,
});
export type CrossRegionChoice = z.infer<typeof crossRegionChoice>;

/** What an item may have beyond what its pages need. Optional here; the catalogue's makers must give it (`lint-catalogue.ts`). */
export const itemDetails = {
  review: reviewStamp.optional(),
  record: itemRecord.optional(),
  /** 受理条件, each a sentence. */
  conditions: z.array(line).min(1).optional(),
  tags: z.array(line).min(1).optional(),
  variants: z.array(itemVariant).min(1).optional(),
  stages: z.array(itemStage).min(1).optional(),
  crossRegion: z.array(crossRegionOffer).min(1).optional(),
  /** A field in which no written commitment takes the place of a proof (国办发〔2020〕42号). */
  highRisk: z.enum(highRiskFields).optional(),
  /** 秒批: rules that decide on the spot. */
  instantApproval: instantRules.optional(),
};

/**
 * What a person is told before committing in writing (国办发〔2020〕42号: 证明义务、证明内容、不实承诺的法律责任, once and in
 * writing), and signs with the application.
 */
export const pledge = z.strictObject({
  /** What is promised, each a sentence in the first person. */
  promises: z.array(line).min(1),
  duties: z.array(line).min(1),
  /** Of a promise that is not true. */
  consequences: z.array(line).min(1),
  basis,
});
export type Pledge = z.infer<typeof pledge>;

export const materialDetails = {
  /** The certificate type that this material is (`lists/certificates.json`). */
  certificate: z
    .string()
    .regex(/^[a-z-]+$/)
    .optional(),
  /** Of a proof (证明): its entry in the list of retained proofs. */
  proof: z
    .string()
    .regex(/^RP-\d{2}$/)
    .optional(),
  /** What may stand for it, cheapest for the person first. */
  substitutes: z.array(z.enum(substitutes)).min(1).optional(),
  /** The text of the written commitment that may stand for it. */
  pledge: pledge.optional(),
};
