import type { ApplicationView } from '../../../contract/application-view.ts';
import { assertNever } from '../../../domain/result.ts';

/** One page of an application. What pages there are follows from the application alone, never from the item. */
export type ApplyPage =
  | { readonly kind: 'situation'; readonly id: string }
  | { readonly kind: 'materials' }
  | { readonly kind: 'question'; readonly name: string }
  | { readonly kind: 'scan'; readonly material: string }
  | { readonly kind: 'check' }
  | { readonly kind: 'sign' };

/** All pages of the application as it stands, in the order in which a person walks through them. */
export function pagesOf(view: ApplicationView): readonly ApplyPage[] {
  return [
    ...view.situations.map(({ id }): ApplyPage => ({ kind: 'situation', id })),
    { kind: 'materials' },
    ...view.fields.map(({ field }): ApplyPage => ({ kind: 'question', name: field.name })),
    ...view.materials
      .filter((material) => material.source === 'scan')
      .map(({ id }): ApplyPage => ({ kind: 'scan', material: id })),
    { kind: 'check' },
    { kind: 'sign' },
  ];
}

/** A name of the page that no other page of the same application has. */
export function keyOf(page: ApplyPage): string {
  switch (page.kind) {
    case 'situation':
      return `situation ${page.id}`;
    case 'question':
      return `question ${page.name}`;
    case 'scan':
      return `scan ${page.material}`;
    case 'materials':
    case 'check':
    case 'sign':
      return page.kind;
    default:
      return assertNever(page);
  }
}

export function samePage(one: ApplyPage, other: ApplyPage): boolean {
  return keyOf(one) === keyOf(other);
}

/** Whether the page still needs something from the person before the application can be handed in. */
export function needsAnswer(page: ApplyPage, view: ApplicationView): boolean {
  switch (page.kind) {
    case 'situation':
      return view.situations.some(({ id, answer }) => id === page.id && answer === undefined);
    case 'question':
      return view.fields.some(({ field, value }) => field.name === page.name && field.required && !value);
    case 'scan':
      return view.materials.some(({ id, complete }) => id === page.material && !complete);
    case 'materials':
    case 'check':
    case 'sign':
      return false;
    default:
      return assertNever(page);
  }
}

/**
 * The page that gives what the review calls missing: the name of a field, or the id of a material or of a question. A
 * material that comes from the form or the card has no page of its own; its overview says how it is given.
 */
export function pageOfMissing(missing: string, view: ApplicationView): ApplyPage | undefined {
  const page = pagesOf(view).find(
    (candidate) =>
      (candidate.kind === 'situation' && candidate.id === missing) ||
      (candidate.kind === 'question' && candidate.name === missing) ||
      (candidate.kind === 'scan' && candidate.material === missing),
  );
  if (page) return page;
  return view.materials.some(({ id }) => id === missing) ? { kind: 'materials' } : undefined;
}
