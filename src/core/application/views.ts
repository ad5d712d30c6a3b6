import type { ApplicationView, FieldView, ItemSummary, ReviewView } from '../../contract/application-view.ts';
import { isMaterialComplete, missing, type ApplicationDraft } from '../../domain/application.ts';
import type { CardPerson } from '../../domain/identity.ts';
import type { CatalogueItem, FormField } from '../../domain/item.ts';
import { maskCardValue, maskPerson } from '../../domain/masking.ts';
import { applicableFields, applicableMaterials, applicableSituations } from '../../domain/situations.ts';

export function itemSummaryOf(item: CatalogueItem): ItemSummary {
  const { code, name, alsoCalled, kind, department, guide, parts } = item;
  return {
    code,
    name,
    alsoCalled,
    kind,
    department: department.name,
    visits: guide.visits,
    isLifeEvent: parts !== undefined,
    promisedDays: guide.limits.promised,
  };
}

export function fieldViewOf(draft: ApplicationDraft, field: FormField): FieldView {
  const known = draft.values[field.name];
  if (!known) return { field, masked: false };
  const shown = known.source === 'card' && field.prefill ? maskCardValue(field.prefill, known.value) : known.value;
  return { field, value: shown, masked: shown !== known.value, source: known.source };
}

export function applicationViewOf(draft: ApplicationDraft): ApplicationView {
  const { item, answers } = draft;
  return {
    code: item.code,
    name: item.name,
    situations: applicableSituations(item, answers).map(({ id, question, help, options }) => {
      const answer = answers[id];
      return { id, question, options, ...(help !== undefined && { help }), ...(answer !== undefined && { answer }) };
    }),
    materials: applicableMaterials(item, answers).map((material) => ({
      id: material.id,
      name: material.name,
      source: material.source,
      reason: material.reason,
      basis: material.basis,
      pages: draft.pages[material.id]?.length ?? 0,
      complete: isMaterialComplete(draft, material),
    })),
    fields: applicableFields(item, answers).map((field) => fieldViewOf(draft, field)),
  };
}

export function reviewViewOf(draft: ApplicationDraft, person: CardPerson, signed: boolean): ReviewView {
  return {
    application: applicationViewOf(draft),
    person: maskPerson(person),
    missing: missing(draft),
    signed,
  };
}
