/**
 * What a check says of something a person typed or a document shows.
 *
 * - `ok`: fits its rules.
 * - `warn`: breaks a rule that genuine ones break too, or cannot be told for certain. A person confirms it; nobody is
 *   turned away for it.
 * - `stop`: cannot be right.
 *
 * `value` is the input in its one form: half-width, capital letters, no separators.
 */
export type Verdict<Warning extends string, Stop extends string> =
  | { readonly level: 'ok'; readonly value: string }
  | { readonly level: 'warn'; readonly value: string; readonly reason: Warning }
  | { readonly level: 'stop'; readonly reason: Stop };

export function ok(value: string): { readonly level: 'ok'; readonly value: string } {
  return { level: 'ok', value };
}

export function warn<W extends string>(
  value: string,
  reason: W,
): { readonly level: 'warn'; readonly value: string; readonly reason: W } {
  return { level: 'warn', value, reason };
}

export function stop<S extends string>(reason: S): { readonly level: 'stop'; readonly reason: S } {
  return { level: 'stop', reason };
}

/** Full-width to half-width, small letters to capitals, no spaces and dashes: people type numbers in groups. */
export function compact(input: string): string {
  return input
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\p{Dash}]/gu, '');
}
