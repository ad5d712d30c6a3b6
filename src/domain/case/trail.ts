import { z } from 'zod';
import { specialProcedureKind, stopsClock, type SpecialProcedure } from '../limits/special-procedures.ts';
import type { CaseTimes, Pause } from '../limits/case-clock.ts';
import { extendLimit, type TimeLimit } from '../limits/deadline.ts';
import { done, refused, type Result } from '../result.ts';
import { caseEvent, moveCase, type CaseState, type IllegalMove } from './states.ts';

/** One line of the trail (全程留痕): what happened, when, by whom. */
export const caseStep = z.strictObject({
  event: caseEvent,
  /** ISO 8601 with offset. */
  at: z.iso.datetime({ offset: true }),
  by: z.enum(['applicant', 'department']),
  /** Of a special procedure that begins: which one. */
  procedure: specialProcedureKind.exclude(['extension']).optional(),
  /** Of 延长审批: by how much of the limit's unit. */
  extendedBy: z.int().positive().optional(),
});
export type CaseStep = z.infer<typeof caseStep>;

/** A case with all that happened to it since it was handed in. */
export interface CaseTrail {
  readonly state: CaseState;
  /** The states it went through, the present one last. */
  readonly path: readonly CaseState[];
  readonly handedInAt: string;
  readonly receivedAt?: string | undefined;
  readonly steps: readonly CaseStep[];
}

/**
 * - `before-the-last-step`: earlier than what is already in the trail.
 * - `extended-before`: a limit is extended once (行政许可法 art. 42).
 * - `which-procedure`: a special procedure begins without a name, or something else has one.
 * - `by-how-much`: an extension without its length, or something else has one.
 */
export type IllegalStep = IllegalMove | 'before-the-last-step' | 'extended-before' | 'which-procedure' | 'by-how-much';

/** A case on its first day, 收件. Instants are ISO 8601 with offset. */
export function openTrail(handedInAt: string, receivedAt?: string): CaseTrail {
  return { state: 'handed-in', path: ['handed-in'], handedInAt, receivedAt, steps: [] };
}

/** Adds a step, or says why it cannot have happened; the trail itself never changes. */
export function addStep(trail: CaseTrail, step: CaseStep): Result<CaseTrail, IllegalStep> {
  const moved = moveCase(trail.state, step.event, step.by);
  if (!moved.ok) return moved;
  if ((step.event === 'start-special-procedure') !== (step.procedure !== undefined)) return refused('which-procedure');
  if ((step.event === 'extend') !== (step.extendedBy !== undefined)) return refused('by-how-much');
  if (step.event === 'extend' && trail.steps.some(({ event }) => event === 'extend')) {
    return refused('extended-before');
  }
  const last = trail.steps.at(-1)?.at ?? trail.handedInAt;
  if (Date.parse(step.at) < Date.parse(last)) return refused('before-the-last-step');
  return done({ ...trail, state: moved.value, path: [...trail.path, moved.value], steps: [...trail.steps, step] });
}

/** The moments a limit may count from. */
export function caseTimes({ handedInAt, receivedAt, steps }: CaseTrail): CaseTimes {
  return { handedInAt, receivedAt, acceptedAt: steps.find(({ event }) => event === 'accept')?.at };
}

/** The limit with the extension that the case was given, if any. */
export function caseLimit({ steps }: CaseTrail, limit: TimeLimit): TimeLimit {
  return extendLimit(limit, steps.find(({ event }) => event === 'extend')?.extendedBy ?? 0);
}

/**
 * When the clock stood still: while a supplement was awaited (it matters where the limit counts from the hand-in), and
 * during special procedures that stop it.
 *
 * @param named the procedures that the item's guide names
 */
export function casePauses({ steps }: CaseTrail, named: readonly SpecialProcedure[]): Pause[] {
  return steps.flatMap(({ event, procedure: kind, at }, index) => {
    const stops = event === 'ask-supplement' || (kind !== undefined && stopsClock(kind, named));
    // What follows either is the end of it, of whatever kind.
    return stops ? [{ from: at, until: steps[index + 1]?.at }] : [];
  });
}
