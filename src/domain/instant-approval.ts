import { z } from 'zod';

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const fact = z.string().regex(/^(?:form|answer|register)\.[A-Za-z][\w-]*$/);

type Scalar = z.infer<typeof scalar>;
/** A condition on facts. `form.…` and `answer.…` come from the application, `register.…` from a register asked for it. */
export type Expression =
  | { readonly fact: string; readonly is: Scalar }
  | { readonly fact: string; readonly oneOf: readonly Scalar[] }
  | { readonly fact: string; readonly atLeast: number }
  | { readonly fact: string; readonly atMost: number }
  | { readonly all: readonly Expression[] }
  | { readonly any: readonly Expression[] }
  | { readonly not: Expression };

const expression: z.ZodType<Expression> = z.lazy(() =>
  z.union([
    z.strictObject({ fact, is: scalar }),
    z.strictObject({ fact, oneOf: z.array(scalar).min(1) }),
    z.strictObject({ fact, atLeast: z.number() }),
    z.strictObject({ fact, atMost: z.number() }),
    z.strictObject({ all: z.array(expression).min(1) }),
    z.strictObject({ any: z.array(expression).min(1) }),
    z.strictObject({ not: expression }),
  ]),
);

/** 秒批 rules of one item. A decision names their version, so that it can be followed later. */
export const instantRules = z.strictObject({
  version: z.int().positive(),
  rules: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[A-Z]\d{2}$/),
        /** The rule in plain words, as it stands in the trace the person reads. */
        says: z.string().trim().min(1),
        when: expression,
        /** What follows when it does not hold. */
        otherwise: z.enum(['refuse', 'human-review']),
      }),
    )
    .min(1),
});
export type InstantRules = z.infer<typeof instantRules>;

export type Facts = Readonly<Record<string, Scalar>>;
type Outcome = 'holds' | 'fails' | 'unknown';

export interface RuleTrace {
  readonly rule: string;
  readonly says: string;
  readonly outcome: Outcome;
  /** Every fact the rule looked at, with what was known; null when nothing was. */
  readonly seen: readonly { readonly fact: string; readonly value: Scalar | null }[];
}

export interface InstantDecision {
  readonly decision: 'approved' | 'refused' | 'human-review';
  readonly ruleVersion: number;
  readonly trace: readonly RuleTrace[];
}

/**
 * Decides by rules. Every rule is followed, also after one that fails, so that a person hears all reasons at once. What is
 * not known is never taken for granted: such a case goes to a person, as does any decision on request (个人信息保护法
 * 第二十四条). Registers have to be asked live, so without the platform nobody may call this.
 */
export function decideInstantly({ version, rules }: InstantRules, facts: Facts): InstantDecision {
  const trace = rules.map(({ id, says, when }): RuleTrace => ({
    rule: id,
    says,
    outcome: evaluate(when, facts),
    seen: factsOf(when).map((name) => ({ fact: name, value: facts[name] ?? null })),
  }));
  const isRefused = rules.some(({ otherwise }, index) => otherwise === 'refuse' && trace[index]?.outcome === 'fails');
  const isClear = trace.every(({ outcome }) => outcome === 'holds');
  return { decision: isRefused ? 'refused' : isClear ? 'approved' : 'human-review', ruleVersion: version, trace };
}

/** The facts that an expression looks at, each once, in order. */
export function factsOf(when: Expression): string[] {
  if ('all' in when) return [...new Set(when.all.flatMap(factsOf))];
  if ('any' in when) return [...new Set(when.any.flatMap(factsOf))];
  return 'not' in when ? factsOf(when.not) : [when.fact];
}

/** Three-valued (Kleene): unknown only where the answer really depends on what is not known. */
function evaluate(when: Expression, facts: Facts): Outcome {
  if ('all' in when) return both(when.all, facts, 'fails', 'holds');
  if ('any' in when) return both(when.any, facts, 'holds', 'fails');
  if ('not' in when) return opposite[evaluate(when.not, facts)];
  const value = facts[when.fact];
  if (value === undefined) return 'unknown';
  if ('is' in when) return found(value === when.is);
  if ('oneOf' in when) return found(when.oneOf.includes(value));
  if (typeof value !== 'number') return 'unknown';
  return found('atLeast' in when ? value >= when.atLeast : value <= when.atMost);
}

const opposite: Readonly<Record<Outcome, Outcome>> = { holds: 'fails', fails: 'holds', unknown: 'unknown' };

/** `decisive`: one of it settles the whole; `otherwise`: what it is when all are. */
function both(list: readonly Expression[], facts: Facts, decisive: Outcome, otherwise: Outcome): Outcome {
  const outcomes = list.map((one) => evaluate(one, facts));
  if (outcomes.includes(decisive)) return decisive;
  return outcomes.includes('unknown') ? 'unknown' : otherwise;
}

function found(holds: boolean): Outcome {
  return holds ? 'holds' : 'fails';
}
