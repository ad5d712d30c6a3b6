import type { CatalogueItem } from '../item.ts';

/** One place that says something else. Values as JSON, or `nothing`. */
export interface Change {
  /** As in `guide.limits.promised`; empty for the whole. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** How one item differs between two states of a catalogue, in the letters of cd_operation. */
export interface ItemChange {
  readonly operation: 'I' | 'U' | 'D';
  readonly code: string;
  readonly name: string;
  /** Of `U`. */
  readonly changes: readonly Change[];
}

/** What changed from one catalogue to the next, in the order of the codes. */
export function diffCatalogues(before: readonly CatalogueItem[], after: readonly CatalogueItem[]): ItemChange[] {
  const old = new Map(before.map((item) => [item.code, item]));
  const next = new Set(after.map(({ code }) => code));
  const gone = before.filter(({ code }) => !next.has(code));
  const changed = [
    ...gone.map(({ code, name }): ItemChange => ({ operation: 'D', code, name, changes: [] })),
    ...after.flatMap((item): ItemChange[] => {
      const { code, name } = item;
      const was = old.get(code);
      if (!was) return [{ operation: 'I', code, name, changes: [] }];
      const changes = changesBetween(was, item);
      return changes.length === 0 ? [] : [{ operation: 'U', code, name, changes }];
    }),
  ];
  return changed.toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

/** Where two trees of plain values differ, as deep inside as possible. */
export function changesBetween(before: unknown, after: unknown, path = ''): Change[] {
  if (isTree(before) && isTree(after) && Array.isArray(before) === Array.isArray(after)) {
    const was = new Map(Object.entries(before));
    const is = new Map(Object.entries(after));
    return [...new Set([...was.keys(), ...is.keys()])].flatMap((key) =>
      changesBetween(was.get(key), is.get(key), path === '' ? key : `${path}.${key}`),
    );
  }
  if (before === after) return [];
  return [{ path, before: shown(before), after: shown(after) }];
}

function isTree(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
