/**
 * The hall that an office belongs to, by its code: the hall's digits, then whatever tells its offices apart, as `990101-W3`.
 * Offices above the halls and outside of them (departments by their credit code, the centre that supervises) belong to none.
 */
export function hallOfOffice(office: string): string | undefined {
  return /^(\d{6,12})(?:-.+)?$/.exec(office)?.[1];
}
