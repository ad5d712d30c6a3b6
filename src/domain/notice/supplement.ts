import type { Day } from '../calendar/day.ts';
import { type ApplicationDraft, type DraftPage, fieldsToHandIn, materialsToHandIn } from '../application.ts';
import type { CatalogueItem, Material } from '../item.ts';

/** One thing that a notice finds fault with, in its own words. */
export interface ToldDefect {
  /** Id and version of the published rule. */
  readonly rule?: string | undefined;
  /** Ids of questions and materials, names of fields. Empty: the application as a whole. Absent: the platform did not say. */
  readonly on?: readonly string[] | undefined;
  /** Name of the material. */
  readonly material?: string | undefined;
  readonly what: string;
  /** What to do about it. */
  readonly how?: string | undefined;
}

/** Something that is asked for, with all that the notice says about it. */
export interface AskedThing {
  readonly kind: 'question' | 'field' | 'material';
  /** Id of the question or material, name of the field. */
  readonly id: string;
  /** The question, the field's label or the material's name, as the item has it. */
  readonly name: string;
  readonly defects: readonly ToldDefect[];
}

/** What a notice asks for of an item, and nothing else of it. */
export interface SupplementPlan {
  /** Everything that is asked for, each thing once, in the order of the pages. */
  readonly asked: readonly AskedThing[];
  /** Of each defect, the ids of what puts it right: one of them is enough. */
  readonly answeredBy: readonly (readonly string[])[];
  /** About the application as a whole: something must be supplied, and anything may. */
  readonly open: readonly ToldDefect[];
  /** What a kiosk has no place for; staff of the hall take it. */
  readonly elsewhere: readonly ToldDefect[];
  /** The item with what may be supplied and no more, so that an application of it is the supplement. */
  readonly item: CatalogueItem;
}

/**
 * What exactly a notice asks for (补正; 行政许可法 art. 32 (1) 4: what must be supplemented is told at once and in full, so
 * that nothing else may be asked for). What the item does not name is left to staff rather than guessed.
 *
 * @param item in the version of the case, if that is still at hand: ids of materials are the same in all versions
 */
export function planSupplement(item: CatalogueItem, defects: readonly ToldDefect[]): SupplementPlan {
  const placed = defects.map((defect) => ({ defect, on: idsOf(item, defect) }));
  const about = (id: string) => placed.filter(({ on }) => on?.includes(id)).map(({ defect }) => defect);
  const materials = item.materials.filter(takesPages);
  const asked: AskedThing[] = [
    ...item.situations.map(({ id, question: name }) => ({ kind: 'question' as const, id, name, defects: about(id) })),
    ...item.fields.map(({ name: id, label: name }) => ({ kind: 'field' as const, id, name, defects: about(id) })),
    ...materials.map(({ id, name }) => ({ kind: 'material' as const, id, name, defects: about(id) })),
  ].filter((one) => one.defects.length > 0);
  const places = new Set(asked.map(({ id }) => id));
  const open = placed.filter(({ on }) => on?.length === 0).map(({ defect }) => defect);
  const answeredBy = placed.map(({ on }) => (on ?? []).filter((id) => places.has(id))).filter((ids) => ids.length > 0);
  const elsewhere = placed
    .filter(({ on }) => !on || (on.length > 0 && !on.some((id) => places.has(id))))
    .map(({ defect }) => defect);
  const alone = new Set(answeredBy.flatMap((ids) => (ids.length === 1 ? ids : [])));
  return { asked, open, elsewhere, answeredBy, item: narrow(item, { places, alone, isOpen: open.length > 0 }) };
}

/** The ids that a defect is about. A platform that does not say them may still have named a material of the item. */
function idsOf({ materials }: CatalogueItem, { on, material }: ToldDefect): readonly string[] | undefined {
  if (on) return on;
  const named = material === undefined ? undefined : materials.find(({ name }) => name === material);
  return named && [named.id];
}

/** The form is no paper; a card that was found fault with is scanned. */
function takesPages({ source }: Material): boolean {
  return source !== 'form';
}

/** Without conditions: what was answered is with the platform, and what is asked for applies. */
function narrow(
  item: CatalogueItem,
  { places, alone, isOpen }: Record<'places' | 'alone', ReadonlySet<string>> & { readonly isOpen: boolean },
): CatalogueItem {
  const { parts: _parts, crossRegion: _crossRegion, ...rest } = item;
  return {
    ...rest,
    situations: item.situations.filter(({ id }) => places.has(id)).map(({ when: _when, ...situation }) => situation),
    fields: item.fields
      .filter(({ name }) => isOpen || places.has(name))
      .map(({ when: _when, ...field }) => ({ ...field, required: alone.has(field.name) })),
    // What would stand in for the paper was looked for before, and the notice asks for the paper itself.
    materials: item.materials
      .filter((material) => takesPages(material) && (isOpen || places.has(material.id)))
      .map(({ when: _when, certificate: _certificate, proof: _proof, substitutes: _substitutes, ...material }) => ({
        ...material,
        source: 'scan' as const,
      })),
  };
}

/** A supplement as it is handed in. */
export interface SupplementContent {
  readonly situations: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
  readonly materials: readonly { readonly id: string; readonly pages: readonly DraftPage[] }[];
}

/**
 * What is in a draft of the plan's item. What the card filled in counts where it was asked for, and is no answer to a notice
 * about the whole.
 */
export function supplementOf(plan: SupplementPlan, draft: ApplicationDraft): SupplementContent {
  const asked = new Set(plan.asked.map(({ id }) => id));
  const isGiven = (name: string) => asked.has(name) || draft.values[name]?.source === 'person';
  const fields = Object.entries(fieldsToHandIn(draft)).filter(([name]) => isGiven(name));
  return {
    situations: { ...draft.answers },
    fields: Object.fromEntries(fields),
    materials: materialsToHandIn(draft)
      .filter(({ pages }) => pages.length > 0)
      .map(({ id, pages }) => ({ id, pages })),
  };
}

/**
 * Ids and names of what still has to be given, in the order of the pages; where a notice is about the whole and nothing was
 * given, `anything`.
 */
export function missingOf(plan: SupplementPlan, draft: ApplicationDraft): string[] {
  const { situations, fields, materials } = supplementOf(plan, draft);
  const given = new Set([...Object.keys(situations), ...Object.keys(fields), ...materials.map(({ id }) => id)]);
  const unanswered = new Set(plan.answeredBy.filter((ids) => !ids.some((id) => given.has(id))).flat());
  const left = plan.asked.map(({ id }) => id).filter((id) => unanswered.has(id));
  return left.length === 0 && given.size === 0 ? ['anything'] : left;
}

/** Whether the last day to bring it is over. It may be handed in all the same: the department decides what comes of it. */
export function isSupplementLate(lastDay: Day | undefined, today: Day): boolean {
  return lastDay !== undefined && today > lastDay;
}
