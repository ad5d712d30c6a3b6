import type { ApplicationView, FieldView } from '../../../contract/application-view.ts';
import { assertNever } from '../../../domain/result.ts';
import { keyOf, needsAnswer, pagesOf, samePage } from './pages.ts';
import type { ApplyPage } from './pages.ts';

/** Where the person is in an application. Holds what core last said about it and nothing of its own about the person. */
export interface Journey {
  readonly view: ApplicationView;
  readonly page: ApplyPage;
  /** Keys of the pages that were passed with "next"; a page that appears later is still to be shown. */
  readonly passed: readonly string[];
  /** The person came from the check page to change something and goes back there. */
  readonly changing: boolean;
}

export type JourneyEvent =
  /** Core's newest word on the whole application. */
  | { readonly kind: 'viewed'; readonly view: ApplicationView }
  /** Core took the answer to one field. */
  | { readonly kind: 'field-set'; readonly field: FieldView }
  | { readonly kind: 'next' }
  | { readonly kind: 'back' }
  /** From the check page: change this. */
  | { readonly kind: 'change'; readonly page: ApplyPage }
  /** Something is missing after all. */
  | { readonly kind: 'recheck' };

export function startJourney(view: ApplicationView): Journey {
  return { view, page: pagesOf(view)[0] ?? { kind: 'materials' }, passed: [], changing: false };
}

export function journey(state: Journey, event: JourneyEvent): Journey {
  switch (event.kind) {
    case 'viewed':
      return { ...state, view: event.view, passed: stillPassed(state, event.view) };
    case 'field-set':
      return { ...state, view: withField(state.view, event.field) };
    case 'next':
      return goNext(state);
    case 'back':
      return goBack(state);
    case 'change':
      return { ...state, page: event.page, changing: true };
    case 'recheck':
      return { ...state, page: { kind: 'check' }, changing: false };
    default:
      return assertNever(event);
  }
}

/** Whether "back" leads to another page of the application; on the first page it leads out of it. */
export function isFirst(state: Journey): boolean {
  return !state.changing && indexOf(state) <= 0;
}

/** How far the person has come. Nothing is counted while one answer is changed: the way is back to the check page. */
export function progress(state: Journey): { readonly current: number; readonly total: number } | undefined {
  return state.changing ? undefined : { current: indexOf(state) + 1, total: pagesOf(state.view).length };
}

function goNext(state: Journey): Journey {
  const passed = [...new Set([...state.passed, keyOf(state.page)])];
  const pages = pagesOf(state.view);
  if (!state.changing) return { ...state, passed, page: pages[indexOf(state) + 1] ?? state.page };
  // An answer may have opened new questions or materials: those first, then back to the check page.
  const open = pages.find(
    (page) =>
      page.kind !== 'check' && page.kind !== 'sign' && (needsAnswer(page, state.view) || !passed.includes(keyOf(page))),
  );
  if (open && !samePage(open, state.page)) return { ...state, passed, page: open };
  return { ...state, passed, page: { kind: 'check' }, changing: false };
}

function goBack(state: Journey): Journey {
  if (state.changing) return { ...state, page: { kind: 'check' }, changing: false };
  return { ...state, page: pagesOf(state.view)[indexOf(state) - 1] ?? state.page };
}

/** A page that went away counts as new when it comes back; the overview counts as new when other materials apply. */
function stillPassed(state: Journey, view: ApplicationView): readonly string[] {
  const keys = new Set(pagesOf(view).map(keyOf));
  if (materialIds(view) !== materialIds(state.view)) keys.delete(keyOf({ kind: 'materials' }));
  return state.passed.filter((key) => keys.has(key));
}

function materialIds(view: ApplicationView): string {
  return view.materials.map(({ id }) => id).join(' ');
}

function indexOf(state: Journey): number {
  return pagesOf(state.view).findIndex((page) => samePage(page, state.page));
}

function withField(view: ApplicationView, changed: FieldView): ApplicationView {
  return {
    ...view,
    fields: view.fields.map((field) => (field.field.name === changed.field.name ? changed : field)),
  };
}
