import { assertNever } from '../../domain/result.ts';
import type { HandedIn } from '../../contract/visit-view.ts';
import type { MaskedPerson } from '../../domain/identity.ts';

/** Why a window is the way: the person does not agree, or has no card that can be read, or this kiosk is full or has no number left. */
export type WindowReason = 'no-consent' | 'no-card' | 'backlog' | 'numbers';

/** Where a person is. The session opens when the person consents, and is wiped as soon as a place without one follows. */
export type Place =
  /** `spent`: a visit or the staff went before in this page, which is to give way to a new one. */
  | { readonly at: 'home'; readonly spent?: boolean }
  /** A member of staff is at the kiosk. */
  | { readonly at: 'staff' }
  | { readonly at: 'guides' }
  | { readonly at: 'guide'; readonly code: string }
  | { readonly at: 'progress' }
  /** `wanted`: the item chosen before the visit began, in the guide. */
  | { readonly at: 'consent'; readonly wanted?: string | undefined }
  | { readonly at: 'window'; readonly why: WindowReason }
  | { readonly at: 'card'; readonly wanted?: string | undefined }
  | { readonly at: 'items'; readonly person: MaskedPerson }
  | { readonly at: 'apply'; readonly person: MaskedPerson; readonly code: string }
  | { readonly at: 'handed-in'; readonly handedIn: HandedIn }
  | { readonly at: 'rating'; readonly handedIn: HandedIn }
  | { readonly at: 'end'; readonly thanks: boolean }
  /** The visit broke off through no fault of the person. */
  | { readonly at: 'interrupted' };

export type VisitEvent =
  | { readonly kind: 'staff' }
  | { readonly kind: 'guides' }
  | { readonly kind: 'guide'; readonly code: string }
  | { readonly kind: 'progress' }
  | { readonly kind: 'apply'; readonly wanted?: string | undefined }
  | { readonly kind: 'consented' }
  | { readonly kind: 'window'; readonly why: WindowReason }
  | { readonly kind: 'identified'; readonly person: MaskedPerson }
  | { readonly kind: 'chosen'; readonly code: string }
  | { readonly kind: 'leave-item' }
  | { readonly kind: 'handed-in'; readonly handedIn: HandedIn }
  | { readonly kind: 'rate' }
  | { readonly kind: 'rated' }
  /** By the person, or because nobody is there any more. */
  | { readonly kind: 'end' }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'home' };

/** Places that hold a session in core. */
export function inSession(place: Place): boolean {
  switch (place.at) {
    case 'card':
    case 'items':
    case 'apply':
    case 'handed-in':
    case 'rating':
      return true;
    case 'home':
    case 'staff':
    case 'consent':
    case 'guides':
    case 'guide':
    case 'progress':
    case 'window':
    case 'end':
    case 'interrupted':
      return false;
    default:
      return assertNever(place);
  }
}

/** Whether the person's case is handed in, so that ending loses nothing. */
export function isHandedIn(place: Place): boolean {
  return place.at === 'handed-in' || place.at === 'rating';
}

/** The last page of a visit: what follows is another person's. */
export function isOver(place: Place): boolean {
  return place.at === 'end' || place.at === 'interrupted' || place.at === 'window';
}

/** The steps of a visit up to the choice of an item; the application counts its own pages. */
export const VISIT_STEPS = 3;

/** An event that does not fit the place changes nothing: it comes from a page that is already left. */
export function visit(place: Place, event: VisitEvent): Place {
  switch (event.kind) {
    case 'home':
      return inSession(place) || isOver(place) || place.at === 'staff' ? { at: 'home', spent: true } : { at: 'home' };
    case 'interrupted':
      return place.at === 'home' ? place : { at: 'interrupted' };
    case 'end':
      return inSession(place) ? { at: 'end', thanks: isHandedIn(place) } : { at: 'home' };
    case 'staff':
      return place.at === 'home' ? { at: 'staff' } : place;
    case 'guides':
      return place.at === 'home' || place.at === 'guide' ? { at: 'guides' } : place;
    case 'guide':
      return place.at === 'guides' ? { at: 'guide', code: event.code } : place;
    case 'progress':
      return place.at === 'home' ? { at: 'progress' } : place;
    case 'apply':
      return place.at === 'home' || place.at === 'guide' ? { at: 'consent', wanted: event.wanted } : place;
    case 'consented':
      return place.at === 'consent' ? { at: 'card', wanted: place.wanted } : place;
    case 'window':
      return place.at === 'consent' || place.at === 'card' || place.at === 'apply'
        ? { at: 'window', why: event.why }
        : place;
    case 'identified':
      if (place.at !== 'card') return place;
      return place.wanted === undefined
        ? { at: 'items', person: event.person }
        : { at: 'apply', person: event.person, code: place.wanted };
    case 'chosen':
      return place.at === 'items' ? { at: 'apply', person: place.person, code: event.code } : place;
    case 'leave-item':
      return place.at === 'apply' ? { at: 'items', person: place.person } : place;
    case 'handed-in':
      return place.at === 'apply' ? { at: 'handed-in', handedIn: event.handedIn } : place;
    case 'rate':
      return place.at === 'handed-in' ? { at: 'rating', handedIn: place.handedIn } : place;
    case 'rated':
      return place.at === 'rating' ? { at: 'end', thanks: true } : place;
    default:
      return assertNever(event);
  }
}
