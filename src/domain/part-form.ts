import type { CatalogueItem, FormField } from './item.ts';

/** What the rules of a part's own item (秒批) may take from the common form of an 一件事. */
export interface PartForm {
  /** By the names of the item's own form. */
  readonly fields: Readonly<Record<string, string>>;
  /** Everybody whose identity number the item's own form asks for; absent when the common form does not say all of them. */
  readonly people?: readonly string[];
}

/**
 * A part is decided by rules that were written for its item's own form, while the person filled in the common one. A value
 * counts only where both forms ask the same: the same name and kind, and the same options or unit. Else it is not known, and
 * what is not known goes to a person. The same with people: a form that would also ask for a child's number is not about the
 * applicant alone, and registers that are asked about the applicant alone would answer for somebody else.
 *
 * @param own the item of the part
 * @param values of the part, by the names of the common form
 */
export function partForm(
  whole: Pick<CatalogueItem, 'fields'>,
  own: Pick<CatalogueItem, 'fields'>,
  values: Readonly<Record<string, string>>,
): PartForm {
  const asked = new Map(whole.fields.map((field) => [field.name, meaningOf(field)]));
  const fields = Object.fromEntries(
    own.fields.flatMap((field) => {
      const value = values[field.name] ?? '';
      return value !== '' && asked.get(field.name) === meaningOf(field) ? [[field.name, value]] : [];
    }),
  );
  const numbers = own.fields.filter(({ type }) => type === 'id-number').map(({ name }) => fields[name]);
  const people = numbers.filter((number) => number !== undefined);
  return { fields, ...(people.length === numbers.length && { people }) };
}

function meaningOf(field: FormField): string {
  if (field.type === 'choice' || field.type === 'choices')
    return [field.type, ...field.options.map(({ id }) => id).toSorted()].join(' ');
  return field.type === 'number' ? `number ${field.unit ?? ''}` : field.type;
}
