import { done, refused, type Result } from '../result.ts';

/** `forbidden`: the code means something that must not be sent or taken, as "default by the system" for a rating. */
export type CodeProblem = 'unknown-code' | 'no-counterpart' | 'forbidden';

/**
 * One code list as one system prints it: which of our names it knows, and by which code. One name has one code and one
 * code one name, so that nothing changes its meaning on the way out and back.
 */
export interface Codebook<N extends string> {
  /** Standard or system, and the list in it. */
  readonly title: string;
  readonly pairs: ReadonlyMap<N, string>;
  readonly forbidden: ReadonlySet<string>;
}

/**
 * @param codes our names and the codes of this system; a name that is left out has no counterpart there
 * @param forbidden codes of this system that are refused by name
 * @throws RangeError when two names share a code, or a forbidden one is used: the table is wrong
 */
export function makeCodebook<N extends string>(
  title: string,
  codes: Readonly<Partial<Record<N, string>>>,
  forbidden: readonly string[] = [],
): Codebook<N> {
  const pairs = new Map(Object.entries(codes) as [N, string][]);
  const used = new Set([...pairs.values(), ...forbidden]);
  if (used.size < pairs.size + forbidden.length) throw new RangeError(`${title} uses a code twice`);
  return { title, pairs, forbidden: new Set(forbidden) };
}

/** The code of one of our names in that system. */
export function codeOf<N extends string>(book: Codebook<N>, name: N): Result<string, 'no-counterpart'> {
  const code = book.pairs.get(name);
  return code === undefined ? refused('no-counterpart', `${book.title} has no code for ${name}`) : done(code);
}

/** What a code of that system means here. */
export function nameOf<N extends string>(book: Codebook<N>, code: string): Result<N, 'unknown-code' | 'forbidden'> {
  if (book.forbidden.has(code)) return refused('forbidden', `${book.title} ${code} is not taken`);
  for (const [name, known] of book.pairs) if (known === code) return done(name);
  return refused('unknown-code', `${book.title} has no code ${code}`);
}

/** The same meaning in another system. Never a neighbouring code: what has no counterpart is refused. */
export function translate<N extends string>(
  from: Codebook<N>,
  to: Codebook<N>,
  code: string,
): Result<string, CodeProblem> {
  const name = nameOf(from, code);
  return name.ok ? codeOf(to, name.value) : name;
}
