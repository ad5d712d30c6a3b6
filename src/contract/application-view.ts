import { z } from 'zod';
import { crossRegionChoice, crossRegionOffer, pledge } from '../domain/item-details.ts';
import { catalogueItem, formField } from '../domain/item.ts';
import { fieldRule } from '../domain/form-rules.ts';
import { defectKinds } from '../domain/notice/pre-review.ts';
import { networkAnswers, substitutionOrder } from '../domain/proofs/substitution.ts';
import { searchFields, searchMatches } from '../domain/search/match.ts';
import { sealFlaw } from './certificate-record.ts';

/** A tile of the item list. */
export const itemSummary = catalogueItem
  .pick({ code: true, name: true, alsoCalled: true, kind: true })
  .extend({ department: z.string(), visits: z.int(), isLifeEvent: z.boolean(), promisedDays: z.int() });
export type ItemSummary = z.infer<typeof itemSummary>;

/** An item that a search found: which of its texts answers what was typed, and how. */
export const foundItem = z.strictObject({
  item: itemSummary,
  why: z.strictObject({ match: z.enum(searchMatches), field: z.enum(searchFields), text: z.string() }),
});
export type FoundItem = z.infer<typeof foundItem>;

/** The whole guide of an item, as published: no personal data in it. */
export const itemView = catalogueItem;
export type ItemView = z.infer<typeof itemView>;

/** One form question with its answer so far. A value that came from the card is masked and cannot be read back in full. */
export const fieldView = z.strictObject({
  field: formField,
  value: z.string().optional(),
  masked: z.boolean(),
  source: z.enum(['card', 'person']).optional(),
});
export type FieldView = z.infer<typeof fieldView>;

export const materialView = z.strictObject({
  id: z.string(),
  name: z.string(),
  source: z.enum(['scan', 'card', 'form']),
  reason: z.string(),
  basis: z.strictObject({ title: z.string(), article: z.string(), text: z.string() }),
  pages: z.int().nonnegative(),
  complete: z.boolean(),
  /** The e-certificate that stands for it: nothing is asked of the person. */
  takenFrom: z.strictObject({ name: z.string(), issuer: z.string() }).optional(),
  /** What a check over the network said, and who: no paper is needed when it was `confirmed`, or `asked` of a department that answers later. */
  networkCheck: z.strictObject({ answer: z.enum(networkAnswers), source: z.string() }).optional(),
  /** What is in place of the paper, which then must not be asked for. `office`: it finds the certificate by itself. */
  standIn: z.enum(substitutionOrder).optional(),
  /** A written commitment may be chosen in place of the paper, or was. Absent where the rules do not let it be offered. */
  commitment: z.enum(['offered', 'accepted', 'declined']).optional(),
  /** With that: what is promised, the duties and what follows when it is not true; to be read before the choice. */
  pledge: pledge.optional(),
});
export type MaterialView = z.infer<typeof materialView>;

/** Where the application stands: the open questions, and the materials and fields that apply to the answers so far. */
export const applicationView = z.strictObject({
  code: z.string(),
  name: z.string(),
  situations: z.array(
    z.strictObject({
      id: z.string(),
      question: z.string(),
      help: z.string().optional(),
      options: z.array(z.strictObject({ id: z.string(), label: z.string(), help: z.string().optional() })),
      answer: z.string().optional(),
    }),
  ),
  materials: z.array(materialView),
  fields: z.array(fieldView),
});
export type ApplicationView = z.infer<typeof applicationView>;

/** What was found wrong with a certificate that was taken: `flaw`, and it is asked for again; or answers that say something else than it does, by their labels. */
export const certificateCheck = z.strictObject({
  application: applicationView,
  findings: z.array(z.strictObject({ material: z.string(), flaw: sealFlaw.optional(), differs: z.array(z.string()) })),
});

/** The check-answers page: everything once more, and what is still missing (names of fields, ids of materials and questions). */
export const reviewView = z.strictObject({
  application: applicationView,
  person: z.strictObject({ name: z.string(), idLast4: z.string() }),
  missing: z.array(z.string()),
  signed: z.boolean(),
});
export type ReviewView = z.infer<typeof reviewView>;

/** One way in which an item is done here for somebody whose home is elsewhere. */
const crossRegionChoiceView = z.strictObject({
  /** What it means, what it costs, and how many working days it adds, as the item says it. */
  ...crossRegionOffer.omit({ regions: true }).shape,
  /** What the item promises, with the days that are added. */
  promisedDays: z.int().nonnegative(),
  /** What goes out: whose offices act, in their order; materials that go over the network, and papers that go in the envelope. */
  acts: z.array(z.enum(['here', 'home'])),
  online: z.array(z.string()),
  envelope: z.array(z.string()),
  chosen: z.boolean(),
});

/** A home region by its code and, where the region tree has it, by its name from the province down, with the ways in which it is done here. */
export const crossRegionView = z.strictObject({
  homeRegion: crossRegionChoice.shape.homeRegion,
  regionName: z.string().optional(),
  ways: z.array(crossRegionChoiceView),
});
export type CrossRegionView = z.infer<typeof crossRegionView>;

/** What the published rules find in an application. `rule`: its id with its version; `on`: names of fields, ids of questions and materials. */
export const preReviewView = z.strictObject({
  defects: z.array(
    z.strictObject({
      rule: z.string(),
      on: z.array(z.string()),
      kind: z.enum(defectKinds),
      subject: z.string(),
      broken: fieldRule.optional(),
      validTo: z.iso.date().optional(),
    }),
  ),
});
