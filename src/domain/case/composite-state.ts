import { isOver, type CaseState } from './states.ts';

/** What a part, or the whole, was decided to be. `partly-granted`: some parts were granted and some were not. */
export const partOutcomes = ['granted', 'refused', 'withdrawn'] as const;
export type PartOutcome = (typeof partOutcomes)[number];
export type CompositeOutcome = PartOutcome | 'partly-granted';

/** How far a case that is not over has come. What waits for the applicant comes first: only they can move it on. */
const order: readonly CaseState[] = [
  'supplement',
  'handed-in',
  'accepted',
  'review',
  'special-procedure',
  'approved',
  'rejected',
  'certificate',
  'delivery',
];

/**
 * Where an 一件事 stands as a whole by its 子办件. They are decided by their own departments, so one that is refused or
 * withdrawn holds nobody up: the whole ends with the last of them. While one waits for the applicant, so does the whole;
 * else it is no further than the part that is least far (材料一次提交、一次办成: it is done when all of it is done).
 * The order of the parts does not matter. A whole has no moves of its own.
 *
 * @param parts the states of its parts, at least one
 */
export function compositeState(parts: readonly CaseState[]): CaseState {
  if (parts.length === 0) throw new Error('a composite case has parts');
  const open = parts.filter((state) => !isOver(state));
  if (open.length === 0) {
    if (parts.every((state) => state === 'withdrawn')) return 'withdrawn';
    return parts.includes('closed') ? 'closed' : 'not-accepted';
  }
  return open.reduce((least, state) => (order.indexOf(state) < order.indexOf(least) ? state : least));
}

/**
 * What a case was decided to be; nothing as long as it is not, or is looked at again.
 *
 * @param path the states it went through, the present one last
 */
export function outcomeOf(path: readonly CaseState[]): PartOutcome | undefined {
  const last = path.findLast((state) => outcomes[state] !== undefined || state === 'review');
  return last && outcomes[last];
}

const outcomes: Readonly<Partial<Record<CaseState, PartOutcome>>> = {
  approved: 'granted',
  rejected: 'refused',
  'not-accepted': 'refused',
  withdrawn: 'withdrawn',
};

/** What the whole was decided to be, once each part was. Parts that were refused and withdrawn make one that is refused. */
export function compositeOutcome(parts: readonly (PartOutcome | undefined)[]): CompositeOutcome | undefined {
  if (parts.includes(undefined)) return undefined;
  const [first] = parts;
  if (parts.every((outcome) => outcome === first)) return first;
  return parts.includes('granted') ? 'partly-granted' : 'refused';
}
