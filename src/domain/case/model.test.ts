import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { caseEvents, caseStates, isOver, moveCase, waitsFor, type CaseEvent, type CaseState } from './states.ts';
import { addStep, openTrail, type CaseStep, type CaseTrail } from './trail.ts';

/** One letter for each event, so that a history is a word. */
const letters: Readonly<Record<CaseEvent, string>> = {
  'ask-supplement': 'q',
  supply: 's',
  accept: 'a',
  'refuse-acceptance': 'n',
  'start-review': 'r',
  'start-special-procedure': 'p',
  'end-special-procedure': 'e',
  extend: 'x',
  approve: 'y',
  reject: 'z',
  'ask-review': 'o',
  'make-certificate': 'm',
  deliver: 'd',
  close: 'c',
  withdraw: 'w',
};

/**
 * The model: every legal history, and every beginning of one. Any number of supplements; then not accepted, withdrawn, or
 * accepted; any number of special procedures; then withdrawn or decided; a certificate for an approval only; delivery;
 * the end. From a decision or its delivery back to the review, as often as it is asked. It shares nothing with the table of moves.
 */
const legal = /^(?:qs)*(?:q?[nw]?|a(?:w|r(?:pe|x|y(?:m?d)?o|zd?o)*(?:p?w?|ym?(?:dc?)?|z(?:dc?)?))?)$/;

function isLegal(history: string): boolean {
  return legal.test(history) && history.split('x').length <= 2;
}

const start = Date.UTC(2026, 0, 5, 1);

function stepOf(event: CaseEvent, count: number): CaseStep {
  return {
    event,
    at: new Date(start + count * 60_000).toISOString(),
    by: event === 'supply' || event === 'withdraw' || event === 'ask-review' ? 'applicant' : 'department',
    ...(event === 'start-special-procedure' && { procedure: 'hearing' }),
    ...(event === 'extend' && { extendedBy: 10 }),
  };
}

interface Model {
  history: string;
}

/** What ends a case before it is decided: seldom chosen on purpose, else few histories would come to a certificate. */
const early = new Set<CaseEvent>(['withdraw', 'refuse-acceptance']);

/** One event, legal or not: half of them are chosen among those that the model allows, so that histories get long. */
class Move implements fc.Command<Model, { trail: CaseTrail }> {
  readonly #pick: number;
  readonly #fromLegal: boolean;
  #event: CaseEvent | undefined;

  constructor(pick: number, fromLegal: boolean) {
    this.#pick = pick;
    this.#fromLegal = fromLegal;
  }

  check(): boolean {
    return true;
  }

  run(model: Model, real: { trail: CaseTrail }): void {
    const allowed = caseEvents.filter((event) => isLegal(model.history + letters[event]));
    const onward = allowed.filter((event) => this.#pick % 8 === 0 || !early.has(event));
    const events = this.#fromLegal && onward.length > 0 ? onward : caseEvents;
    const event = events[this.#pick % events.length];
    if (event === undefined) throw new Error('there are events');
    this.#event = event;
    const before = real.trail;
    const result = addStep(before, stepOf(event, model.history.length));
    expect(result.ok).toBe(allowed.includes(event));
    expect(isOver(before.state)).toBe(allowed.length === 0);
    if (result.ok) {
      real.trail = result.value;
      model.history += letters[event];
      expect(real.trail.steps.map((step) => letters[step.event]).join('')).toBe(model.history);
    } else {
      expect(['case-is-over', 'not-from-here', 'extended-before']).toContain(result.reason);
      expect(real.trail).toBe(before);
    }
  }

  toString(): string {
    return this.#event ?? 'not run';
  }
}

test('[P-10] a case moves exactly as the model allows, in any order of events', () => {
  const reached = new Set<CaseState>();
  const move = fc.tuple(fc.nat({ max: 10_000 }), fc.boolean()).map(([pick, legal_]) => new Move(pick, legal_));
  fc.assert(
    fc.property(fc.commands([move], { maxCommands: 40, size: '+2' }), (commands) => {
      const real = { trail: openTrail(new Date(start).toISOString()) };
      fc.modelRun(() => ({ model: { history: '' }, real }), commands);
      for (const state of real.trail.path) reached.add(state);
    }),
    { numRuns: 1_000 },
  );
  // Each state is in the path of one history of twenty at least, so that chance never misses one.
  expect(caseStates.filter((state) => !reached.has(state))).toStrictEqual([]);
});

test('[P-10] every illegal move is refused with a reason, and by whom it is made counts', () => {
  let legalMoves = 0;
  for (const state of caseStates) {
    for (const event of caseEvents) {
      const moves = (['applicant', 'department'] as const).map((by) => moveCase(state, event, by));
      const accepted = moves.filter(({ ok }) => ok).length;
      legalMoves += accepted;
      expect(accepted).toBeLessThanOrEqual(1);
      const reasons = moves.flatMap((move) => (move.ok ? [] : [move.reason]));
      const reason = isOver(state) ? 'case-is-over' : accepted === 1 ? 'not-theirs' : 'not-from-here';
      expect(new Set(reasons)).toStrictEqual(new Set([reason]));
    }
  }
  expect(legalMoves).toBe(24);
});

test('every case can come to an end, and only an end waits for nobody', () => {
  for (const first of caseStates) {
    const reached = new Set<CaseState>([first]);
    for (const state of reached) {
      for (const event of caseEvents) {
        for (const by of ['applicant', 'department'] as const) {
          const next = moveCase(state, event, by);
          if (next.ok) reached.add(next.value);
        }
      }
    }
    expect([...reached].some(isOver)).toBe(true);
    expect(waitsFor(first) === 'nobody').toBe(isOver(first));
  }
  expect(waitsFor('supplement')).toBe('applicant');
  expect(waitsFor('handed-in')).toBe('department');
});
