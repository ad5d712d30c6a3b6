import { addWorkingDays, type WorkingCalendar } from '../calendar/working-days.ts';
import type { Day } from '../calendar/day.ts';
import { done, refused, type Result } from '../result.ts';

/**
 * Working days to put right what a bad review found: 15 in the published practice of Sichuan (眉山, 攀枝花); the national
 * text, 国办发〔2019〕51号, names no number, so other places set their own (德州: 5).
 */
export const rectificationDays = 15;

/** What happened to a bad review, as the person who wrote it may read it. Texts are for publication: no names. */
export type ReviewStep =
  /** Checked and found to be right: it is to be put right. */
  | { readonly kind: 'found-valid' }
  /** Found mistaken or malicious: only with evidence, and somebody above decides (申诉). */
  | { readonly kind: 'appealed'; readonly evidence: readonly string[] }
  | { readonly kind: 'appeal-decided'; readonly excluded: boolean; readonly why: string }
  | { readonly kind: 'rectified'; readonly measure: string }
  /** 回访: every named one is called back. Nobody can be asked after an anonymous one. */
  | { readonly kind: 'called-back'; readonly answer: 'put-right' | 'not-put-right' | 'not-reached' }
  | { readonly kind: 'closed'; readonly result: string };

export const reviewStates = ['opened', 'to-rectify', 'appealed', 'to-call-back', 'to-close', 'closed'] as const;
export type ReviewState = (typeof reviewStates)[number];

/** The work that one bad review makes (差评整改, 国办发〔2019〕51号). */
export interface BadReview {
  readonly state: ReviewState;
  readonly anonymous: boolean;
  readonly openedOn: Day;
  /** The last day to put it right. */
  readonly dueOn: Day;
  /** The day is counted by plain weeks in part, since a year's holidays are not published yet. */
  readonly dueIsAssumed: boolean;
  /** Left out of the figures: an appeal was upheld. */
  readonly excluded: boolean;
  readonly steps: readonly { readonly on: Day; readonly step: ReviewStep }[];
}

type StepProblem =
  /** Not what comes next. */
  | 'not-now'
  | 'before-the-last-step'
  /** An appeal without evidence, a closing without a result, a rectification that names no measure. */
  | 'words-needed';

export function openBadReview(openedOn: Day, anonymous: boolean, calendar: WorkingCalendar, days: number): BadReview {
  const due = addWorkingDays(calendar, openedOn, days);
  return {
    state: 'opened',
    anonymous,
    openedOn,
    dueOn: due.day,
    dueIsAssumed: due.assumedYears.length > 0,
    excluded: false,
    steps: [],
  };
}

/** The review after one more step, or why that step cannot be taken. */
export function takeStep(review: BadReview, step: ReviewStep, on: Day): Result<BadReview, StepProblem> {
  if (on < (review.steps.at(-1)?.on ?? review.openedOn)) return refused('before-the-last-step');
  const state = stateAfter(review, step);
  if (state === undefined) return refused('not-now');
  if (!hasWords(step)) return refused('words-needed');
  return done({
    ...review,
    state,
    excluded: review.excluded || (step.kind === 'appeal-decided' && step.excluded),
    steps: [...review.steps, { on, step }],
  });
}

/**
 * Whether somebody may take a step: an appeal is decided above the office that made it, never by itself.
 *
 * @param appealedBy the office of the appeal, when there was one
 */
export function mayTake(step: ReviewStep, office: string, appealedBy: string | undefined): boolean {
  return step.kind !== 'appeal-decided' || office !== appealedBy;
}

function stateAfter({ state, anonymous }: BadReview, step: ReviewStep): ReviewState | undefined {
  switch (step.kind) {
    case 'found-valid':
      return state === 'opened' ? 'to-rectify' : undefined;
    case 'appealed':
      return state === 'opened' ? 'appealed' : undefined;
    case 'appeal-decided':
      if (state !== 'appealed') return undefined;
      return step.excluded ? 'to-close' : 'to-rectify';
    case 'rectified':
      if (state !== 'to-rectify') return undefined;
      return anonymous ? 'to-close' : 'to-call-back';
    case 'called-back':
      if (state !== 'to-call-back') return undefined;
      return step.answer === 'not-put-right' ? 'to-rectify' : 'to-close';
    case 'closed':
      return state === 'to-close' ? 'closed' : undefined;
  }
}

function hasWords(step: ReviewStep): boolean {
  switch (step.kind) {
    case 'appealed':
      return step.evidence.some((one) => one.trim() !== '');
    case 'appeal-decided':
      return step.why.trim() !== '';
    case 'rectified':
      return step.measure.trim() !== '';
    case 'closed':
      return step.result.trim() !== '';
    case 'found-valid':
    case 'called-back':
      return true;
  }
}

/** Whether it still waits to be looked into, decided or put right. */
export function isWaiting({ state }: Pick<BadReview, 'state'>): boolean {
  return state === 'opened' || state === 'to-rectify' || state === 'appealed';
}

/**
 * Whether the day to put it right has passed without that being done. Looking into it and appealing stop no clock, since
 * else they would be the easiest way to keep it still; calling back and closing come after.
 */
export function isOverdue(review: BadReview, today: Day): boolean {
  return isWaiting(review) && today > review.dueOn;
}
