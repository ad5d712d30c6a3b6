/**
 * The five levels of 好差评, best first. Names, not numbers: the numeric codes run in opposite directions in
 * GB/T 39046 A.8 and in the national rating interface, so numbers exist only in adapters. Apart from the schemas, so that
 * the pages do not carry the validator with them.
 */
export const ratingLevels = [
  'very-satisfied',
  'satisfied',
  'fairly-satisfied',
  'dissatisfied',
  'very-dissatisfied',
] as const;

/** The two levels that are bad reviews (差评). */
export const badLevels: ReadonlySet<(typeof ratingLevels)[number]> = new Set([
  'dissatisfied',
  'very-dissatisfied',
] as const);
