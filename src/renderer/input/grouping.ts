/** How many characters stand together on the screen, the way people read these numbers aloud. */
const groupings = {
  phone: [3, 4, 4],
  'id-number': [6, 8, 4],
  'credit-code': [4, 4, 4, 4, 2],
} as const;
export type Grouping = keyof typeof groupings;

/** Cuts a value into its groups; what is longer than expected stays in one last group. */
export function group(value: string, grouping: Grouping): string[] {
  const groups: string[] = [];
  let rest = value;
  for (const size of groupings[grouping]) {
    if (rest === '') break;
    groups.push(rest.slice(0, size));
    rest = rest.slice(size);
  }
  if (rest !== '') groups.push(rest);
  return groups;
}
