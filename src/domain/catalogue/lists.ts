import { z } from 'zod';
import { basis } from '../item-details.ts';

const line = z.string().trim().min(1);

/** A type of certificate and what halls agreed on for it. */
export const certificateType = z.strictObject({
  id: z.string().regex(/^[a-z-]+$/),
  name: line,
  issuer: line,
  /** No hall asks for it on paper when its electronic form is valid. */
  paperNotAsked: z.boolean(),
  /** Can be shown from the person's telephone (亮证). */
  showable: z.boolean(),
});
export type CertificateType = z.infer<typeof certificateType>;

/** 《保留证明事项清单》: only these proofs may be asked for. */
const retainedProof = z.strictObject({
  id: z.string().regex(/^RP-\d{2}$/),
  name: line,
  issuer: line,
  basis,
  reason: line,
});

/** A proof that is not asked for any more, by which of the 六个一律, and what is done instead. */
const cancelledProof = z.strictObject({
  name: line,
  ground: z.enum([
    'no-legal-basis',
    'certificate-proves-it',
    'commitment-suffices',
    'other-material-covers-it',
    'network-check',
    'issuer-cannot-know',
  ]),
  instead: line,
});

export const proofLists = z.strictObject({ retained: z.array(retainedProof), cancelled: z.array(cancelledProof) });
export type ProofLists = z.infer<typeof proofLists>;

const office = z.strictObject({
  creditCode: z.string().length(18),
  name: line,
  windows: z.array(z.strictObject({ number: line, name: line })),
});

/** A node of the region tree with the offices that act there. Codes: GB/T 2260, six digits, twelve below the county. */
export const region = z.strictObject({
  code: z.string().regex(/^(?:\d{6}|\d{12})$/),
  name: line,
  /** 行使层级, GB/T 39046-2020 A.2: 2 province, 3 city, 4 county, 5 town, 6 village. */
  level: z.enum(['2', '3', '4', '5', '6']),
  parent: z.string().optional(),
  offices: z.array(office),
});
export type Region = z.infer<typeof region>;

/** 变更通知: an item was added (I), changed (U) or taken away (D). */
export const changeNotice = z.strictObject({
  batch: line,
  operation: z.enum(['I', 'U', 'D']),
  code: z.string().length(31),
  name: line,
  /** Of `I` and `U`: the item's version that brings the change. */
  version: z.int().positive(),
  /** What decided it: number of the document. */
  decree: line,
  publishedOn: z.iso.date(),
});
export type ChangeNotice = z.infer<typeof changeNotice>;

/** What stands beside the items of a catalogue. */
export interface CatalogueLists {
  readonly certificates: readonly CertificateType[];
  readonly proofs: ProofLists;
  readonly regions: readonly Region[];
}
