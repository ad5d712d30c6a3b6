import { assertNever } from './result.ts';

/**
 * Where a person stands with the kiosk. `apply` is the whole application from its first question to the signature; which
 * of its pages shows depends on the item and is that flow's own matter.
 */
export const visitSteps = ['idle', 'consent', 'card', 'items', 'apply', 'handed-in', 'rating', 'end'] as const;
export type VisitStep = (typeof visitSteps)[number];

/** A device that a step may lean on. */
export type VisitDevice = 'id-reader' | 'camera' | 'ticket-printer' | 'rating-pad';

/** What a page says beside its own matter. */
export type VisitNotice =
  /** Nothing was touched for a while: is anybody there? */
  | 'still-there'
  /** The device of this step does not work: staff, or another way. */
  | 'device-failed'
  /** The platform is out of reach: going on is fine, it is sent later. */
  | 'sent-later'
  /** The kiosk had to start over; what was handed in is safe. */
  | 'interrupted';

export interface Visit {
  readonly step: VisitStep;
  readonly notice?: VisitNotice;
}

export type VisitEvent =
  /** The step is done: agreed, identified, chosen, handed in, receipt seen, rated or skipped, good-bye read. */
  | { readonly kind: 'next' }
  | { readonly kind: 'back' }
  /** The person leaves by the button that every page has. */
  | { readonly kind: 'finish' }
  /** A touch: whoever was asked "still there?" is. */
  | { readonly kind: 'input' }
  | { readonly kind: 'no-input' }
  /** The presence sensor saw the person go. */
  | { readonly kind: 'person-gone' }
  | { readonly kind: 'device-failed'; readonly device: VisitDevice }
  | { readonly kind: 'network-gone' }
  /** Core no longer knows the session: it, or this page, was started anew. */
  | { readonly kind: 'session-lost' };

/** The device without which a step cannot go on. The rating pad is not here: the page itself takes a rating too. */
const needs: Partial<Record<VisitStep, VisitDevice>> = {
  card: 'id-reader',
  apply: 'camera',
  'handed-in': 'ticket-printer',
};

/**
 * Back. The card step is passed over once the card was read, so leaving the list of items ends the visit, as does
 * leaving the notice. What was handed in cannot be taken back by a button.
 */
const before: Partial<Record<VisitStep, VisitStep>> = {
  consent: 'end',
  card: 'consent',
  items: 'end',
  apply: 'items',
};

export const noVisit: Visit = { step: 'idle' };

/** The next state of a visit. Total: every step answers every event, and an event without meaning there changes nothing. */
export function nextVisit(visit: Visit, event: VisitEvent): Visit {
  const { step } = visit;
  if (step === 'idle') return event.kind === 'next' ? { step: 'consent' } : afterIdleEvent(visit, event);
  switch (event.kind) {
    case 'next':
      return { step: visitSteps[(visitSteps.indexOf(step) + 1) % visitSteps.length] ?? 'idle' };
    case 'back': {
      const earlier = before[step];
      return earlier ? { step: earlier } : visit;
    }
    case 'finish':
    case 'person-gone':
      return step === 'end' ? noVisit : { step: 'end' };
    case 'input':
      return visit.notice === 'still-there' ? { step } : visit;
    case 'no-input':
      return afterSilence(visit);
    case 'device-failed':
      return needs[step] === event.device ? { step, notice: 'device-failed' } : visit;
    case 'network-gone':
      return step === 'apply' || step === 'handed-in' ? { step, notice: visit.notice ?? 'sent-later' } : visit;
    case 'session-lost':
      return step === 'end' ? noVisit : { step: 'idle', notice: 'interrupted' };
    default:
      return assertNever(event);
  }
}

/** The home page: only a touch changes what it says. */
function afterIdleEvent(visit: Visit, event: VisitEvent): Visit {
  return event.kind === 'input' ? noVisit : visit;
}

/** The first silence asks, the second ends. A rating is voluntary and good-bye is only good-bye: they end at once. */
function afterSilence({ step, notice }: Visit): Visit {
  if (step === 'end') return noVisit;
  if (step === 'rating' || notice === 'still-there') return { step: 'end' };
  return { step, notice: 'still-there' };
}
