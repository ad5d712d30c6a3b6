import { describe, expect, test } from 'vitest';
import { decideInstantly, factsOf, instantRules, type Expression } from './instant-approval.ts';

const rules = instantRules.parse({
  version: 4,
  rules: [
    {
      id: 'R01',
      says: '年满80周岁。',
      when: { fact: 'register.age', atLeast: 80 },
      otherwise: 'refuse',
    },
    {
      id: 'R02',
      says: '户籍在本县，并且没有在别处领取。',
      when: {
        all: [
          { fact: 'register.region', oneOf: ['990101', '990102'] },
          { not: { fact: 'register.paidElsewhere', is: true } },
        ],
      },
      otherwise: 'human-review',
    },
  ],
});
const good = { 'register.age': 83, 'register.region': '990101', 'register.paidElsewhere': false };

describe('秒批', () => {
  test('approves when every rule holds, and says by which rules, which facts and which version', () => {
    expect(decideInstantly(rules, good)).toStrictEqual({
      decision: 'approved',
      ruleVersion: 4,
      trace: [
        { rule: 'R01', says: '年满80周岁。', outcome: 'holds', seen: [{ fact: 'register.age', value: 83 }] },
        {
          rule: 'R02',
          says: '户籍在本县，并且没有在别处领取。',
          outcome: 'holds',
          seen: [
            { fact: 'register.region', value: '990101' },
            { fact: 'register.paidElsewhere', value: false },
          ],
        },
      ],
    });
  });

  test('refuses by a rule that refuses, and still follows the others', () => {
    const { decision, trace } = decideInstantly(rules, { ...good, 'register.age': 79, 'register.region': '980000' });
    expect(decision).toBe('refused');
    expect(trace.map(({ outcome }) => outcome)).toStrictEqual(['fails', 'fails']);
  });

  test.each([
    ['a rule that asks for a person fails', { ...good, 'register.paidElsewhere': true }],
    ['a fact is not known', { 'register.region': '990101', 'register.paidElsewhere': false }],
    ['a fact is of another kind', { ...good, 'register.age': '83' }],
  ])('leaves it to a person when %s', (_case, facts) => {
    expect(decideInstantly(rules, facts).decision).toBe('human-review');
  });

  test('shows a fact that is not known as null', () => {
    expect(decideInstantly(rules, {}).trace[0]?.seen).toStrictEqual([{ fact: 'register.age', value: null }]);
  });
});

const yes: Expression = { fact: 'form.a', is: 1 };
const no: Expression = { fact: 'form.a', is: 2 };
const unknown: Expression = { fact: 'form.b', atMost: 5 };

test.each<[string, Expression, 'holds' | 'fails' | 'unknown']>([
  ['any with one that holds', { any: [no, unknown, yes] }, 'holds'],
  ['any with nothing certain', { any: [no, unknown] }, 'unknown'],
  ['any of none', { any: [no, no] }, 'fails'],
  ['all with one that fails', { all: [yes, unknown, no] }, 'fails'],
  ['all with one unknown', { all: [yes, unknown] }, 'unknown'],
  ['not of unknown', { not: unknown }, 'unknown'],
  ['not of what holds', { not: yes }, 'fails'],
  ['at most', { fact: 'form.a', atMost: 1 }, 'holds'],
  ['more than at most', { fact: 'form.a', atMost: 0.5 }, 'fails'],
])('%s: %o', (_case, when, outcome) => {
  const rule = { version: 1, rules: [{ id: 'R01', says: '规则。', when, otherwise: 'human-review' as const }] };
  expect(decideInstantly(instantRules.parse(rule), { 'form.a': 1 }).trace[0]?.outcome).toBe(outcome);
});

test('names each fact once', () => {
  expect(factsOf({ all: [yes, { any: [no, unknown] }, { not: unknown }] })).toStrictEqual(['form.a', 'form.b']);
});

test.each([
  ['no rule', { version: 1, rules: [] }],
  [
    'a fact from nowhere',
    { version: 1, rules: [{ id: 'R01', says: 'x', when: { fact: 'x', is: 1 }, otherwise: 'refuse' }] },
  ],
  [
    'two meanings',
    { version: 1, rules: [{ id: 'R01', says: 'x', when: { fact: 'form.a', is: 1, atLeast: 2 }, otherwise: 'refuse' }] },
  ],
])('does not take %s', (_case, raw) => {
  expect(instantRules.safeParse(raw).success).toBe(false);
});
