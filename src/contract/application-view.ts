import { z } from 'zod';
import { catalogueItem, formField } from '../domain/item.ts';
import { searchFields, searchMatches } from '../domain/search/match.ts';

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

/** The check-answers page: everything once more, and what is still missing (names of fields, ids of materials and questions). */
export const reviewView = z.strictObject({
  application: applicationView,
  person: z.strictObject({ name: z.string(), idLast4: z.string() }),
  missing: z.array(z.string()),
  signed: z.boolean(),
});
export type ReviewView = z.infer<typeof reviewView>;
