/**
 * What a case or a rating is known again by, on both sides: all of it but the mark of a doubtful clock, since a platform of an
 * older version gets the record without.
 */
export function comparedContent(record: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(record).filter(([field]) => field !== 'clockSuspect'));
}
