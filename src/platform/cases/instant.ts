import type { KeptDecision, TrailLine } from '../../contract/office/cases.ts';
import { decideInstantly, factsOf, type Facts, type InstantRules } from '../../domain/instant-approval.ts';
import type { CatalogueItem } from '../../domain/item.ts';
import { partForm } from '../../domain/part-form.ts';
import type { Transaction } from '../sql.ts';
import type { CaseFile } from './case-file.ts';
import { sayDecision } from './notice-text.ts';
import type { Register } from './register.ts';

/** What a case can be decided by on the spot. */
export interface Decidable {
  readonly rules: InstantRules;
  readonly facts: Facts;
}

/** What rules are followed on: what was filled in, and whom the registers are asked about. */
interface Asked {
  readonly fields: Readonly<Record<string, string>>;
  readonly answers: Readonly<Record<string, string>>;
  /** Absent where nobody can say who it is about: then no register is asked. */
  readonly people: readonly string[] | undefined;
}

/** The rules of an ordinary case with their facts; nothing when its item has none. */
export async function decidable(
  item: CatalogueItem,
  { content: { applicant, fields, situations } }: CaseFile,
  register: Register,
  at: Date,
): Promise<Decidable | undefined> {
  const { instantApproval: rules } = item;
  if (!rules) return undefined;
  const others = item.fields.filter(({ type }) => type === 'id-number').map(({ name }) => fields[name] ?? '');
  const people = [applicant.idNumber, ...others.filter((number) => number !== '')];
  return { rules, facts: await factsFor(item, rules, { fields, answers: situations, people }, register, at) };
}

/**
 * The same for a part of an 一件事, by the rules of its own item; see {@link partForm}. Answers to the questions of the whole are
 * not the part's.
 */
export async function decidablePart(
  whole: CatalogueItem,
  item: CatalogueItem,
  { content: { applicant, fields } }: CaseFile,
  register: Register,
  at: Date,
): Promise<Decidable | undefined> {
  const { instantApproval: rules } = item;
  if (!rules) return undefined;
  const form = partForm(whole, item, fields);
  const people = form.people && [applicant.idNumber, ...form.people];
  return { rules, facts: await factsFor(item, rules, { fields: form.fields, answers: {}, people }, register, at) };
}

/** What the rules ask for: of the application, and of the registers about everybody who is in it. */
async function factsFor(
  item: CatalogueItem,
  { rules }: InstantRules,
  { fields, answers, people }: Asked,
  register: Register,
  at: Date,
): Promise<Facts> {
  const wanted = [...new Set(rules.flatMap(({ when }) => factsOf(when)))];
  const source = 'register.';
  const names = wanted.filter((fact) => fact.startsWith(source)).map((fact) => fact.slice(source.length));
  const known = people ? await register.factsAbout([...new Set(people)], names, at) : {};
  const numbers = new Set(item.fields.filter(({ type }) => type === 'number').map(({ name }) => name));
  const entries = [
    ...Object.entries(known).map(([name, value]) => [`${source}${name}`, value] as const),
    ...Object.entries(fields).map(
      ([name, value]) => [`form.${name}`, numbers.has(name) ? Number(value) : value] as const,
    ),
    ...Object.entries(answers).map(([id, value]) => [`answer.${id}`, value] as const),
  ];
  return Object.fromEntries(entries.filter(([fact]) => wanted.includes(fact)));
}

/**
 * 秒批: accepts the case, decides it by the rules, or leaves it in review to an officer.
 *
 * @param take takes a step of the case for certain
 */
export async function decide(
  sql: Transaction,
  file: CaseFile,
  { rules, facts }: Decidable,
  now: Date,
  take: (sql: Transaction, file: CaseFile, step: Omit<TrailLine, 'at'>, now: Date) => Promise<CaseFile>,
): Promise<void> {
  const { decision, ruleVersion, trace } = decideInstantly(rules, facts);
  const kept: KeptDecision = {
    decision,
    ruleVersion,
    decidedAt: now.toISOString(),
    trace: trace.map((line) => ({ ...line, seen: line.seen.map((one) => ({ ...one })) })),
  };
  await sql.run('INSERT INTO instant_decision (case_id, content) VALUES ($1, $2)', [file.id, JSON.stringify(kept)]);
  const step = { by: 'department', maker: { kind: 'rules', rules: 'instant-approval' } } as const;
  const accepted = await take(sql, file, { ...step, event: 'accept' }, now);
  const reviewed = await take(sql, accepted, { ...step, event: 'start-review' }, now);
  const text = sayDecision(rules, { decision, ruleVersion, trace });
  if (text === undefined) return;
  await take(sql, reviewed, { ...step, event: decision === 'approved' ? 'approve' : 'reject', text }, now);
}
