import { fieldsToHandIn, materialsToHandIn, type ApplicationDraft } from './application.ts';

/** One department's share of an 一件事. Materials are named by id: their pages travel once, with the whole. */
export interface ApplicationPart {
  readonly code: string;
  readonly name: string;
  readonly department: string;
  readonly fields: Record<string, string>;
  readonly materials: string[];
}

/**
 * Splits one form into its sub-cases: each part gets the fields and materials it names, as far as they apply. Nothing is
 * asked twice and no department sees what it did not name. An ordinary item has no parts.
 */
export function splitIntoParts(draft: ApplicationDraft): ApplicationPart[] {
  const { parts = [] } = draft.item;
  if (parts.length === 0) return [];
  const fields = Object.entries(fieldsToHandIn(draft));
  const materials = materialsToHandIn(draft).map(({ id }) => id);
  return parts.map((part) => ({
    code: part.code,
    name: part.name,
    department: part.department.name,
    fields: Object.fromEntries(fields.filter(([name]) => part.fields.includes(name))),
    materials: materials.filter((id) => part.materials.includes(id)),
  }));
}
