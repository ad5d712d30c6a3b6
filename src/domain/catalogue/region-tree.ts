import { parseItemCode } from '../item-code.ts';
import type { Region } from './lists.ts';

/** One place where the kiosk's own configuration and the platform's tree differ. */
export interface TreeMismatch {
  /** Such as `990101/11990101MB00000193/window 3`. */
  readonly path: string;
  readonly kind: 'missing-here' | 'unknown-there' | 'differs' | 'twice';
  readonly here?: string;
  readonly there?: string;
}

/**
 * Compares regions, offices and windows as this kiosk has them with the platform's tree. Every mismatch is listed; with one
 * left the kiosk does not go live.
 */
export function compareTrees(here: readonly Region[], there: readonly Region[]): TreeMismatch[] {
  const own = flatten(here);
  const other = flatten(there);
  const known = new Map(other.entries);
  return [
    ...own.twice.map((path): TreeMismatch => ({ path, kind: 'twice' })),
    ...own.entries.flatMap(([path, value]): TreeMismatch[] => {
      const expected = known.get(path);
      if (expected === undefined) return [{ path, kind: 'unknown-there', here: value }];
      return expected === value ? [] : [{ path, kind: 'differs', here: value, there: expected }];
    }),
    ...[...known].flatMap(([path, value]): TreeMismatch[] =>
      own.entries.some(([mine]) => mine === path) ? [] : [{ path, kind: 'missing-here', there: value }],
    ),
  ];
}

/** What a kiosk's own configuration says of its place: the code of its hall's region, and the items that its queues serve. */
export interface KioskPlace {
  readonly hallCode: string;
  /** By the prefix of the queue. */
  readonly queues: readonly { readonly prefix: string; readonly items?: readonly string[] | undefined }[];
}

/** Where a kiosk stands must be a region of the platform's tree, and who its queues serve an office of that region. */
export function checkPlace({ hallCode, queues }: KioskPlace, there: readonly Region[]): TreeMismatch[] {
  const hall = there.find(({ code }) => code === hallCode);
  if (!hall) return [{ path: 'hall.code', kind: 'unknown-there', here: hallCode }];
  const offices = new Set(hall.offices.map(({ creditCode }) => creditCode));
  return queues.flatMap(({ prefix, items = [] }) =>
    items.flatMap((item): TreeMismatch[] => {
      const parsed = parseItemCode(item);
      const office = parsed.ok ? parsed.value.body?.creditCode : undefined;
      const path = `queues/${prefix}/${item}`;
      return office !== undefined && offices.has(office)
        ? []
        : [{ path, kind: 'unknown-there', here: office ?? 'no office' }];
    }),
  );
}

/** Path to what is said at it, each path once; a second one is named. */
function flatten(regions: readonly Region[]) {
  const entries: (readonly [string, string])[] = [];
  const seen = new Set<string>();
  const twice: string[] = [];
  const add = (path: string, value: string): void => {
    if (seen.has(path)) twice.push(path);
    else entries.push([path, value]);
    seen.add(path);
  };
  for (const { code, name, level, parent = 'none', offices } of regions) {
    add(code, `${name}, level ${level}, below ${parent}`);
    for (const office of offices) {
      add(`${code}/${office.creditCode}`, office.name);
      for (const window of office.windows) add(`${code}/${office.creditCode}/window ${window.number}`, window.name);
    }
  }
  return { entries, twice };
}
