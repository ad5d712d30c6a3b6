import type { ClosingReason } from '../../../contract/staff-api.ts';

/** In the order in which they are offered. */
export const closingReasons: readonly ClosingReason[] = [
  'staff-broken',
  'staff-supplies',
  'staff-cleaning',
  'staff-other',
];

export function closingReasonOf(text: string | undefined): ClosingReason | undefined {
  return closingReasons.find((reason) => reason === text);
}
