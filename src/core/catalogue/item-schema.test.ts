import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogueItem } from '../../domain/item.ts';
import { readItem } from './item-schema.ts';

const folder = join(import.meta.dirname, '../../../resources/catalogue');
const texts = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => readFileSync(join(folder, name), 'utf8'));

/** Enough of them that everything that is ever compiled is. */
const ENOUGH = 400;

describe('reading many items', () => {
  test('answers the same of whole and of broken items after the schema was compiled as before', () => {
    for (let read = 0; read < ENOUGH; read += 1) expect(readItem(itemOf(read)).success).toBe(true);

    for (const text of texts) expect(readItem(JSON.parse(text))).toEqual(catalogueItem.safeParse(JSON.parse(text)));
    fc.assert(
      fc.property(fc.nat(), fc.nat(), brokenValue, (which, place, value) => {
        const item = itemOf(which);
        const spots = spotsOf(item);
        spots[place % spots.length]?.(value);

        const { success, data, error } = readItem(item);
        const plain = catalogueItem.safeParse(item);

        expect(success).toBe(plain.success);
        expect(data).toEqual(plain.data);
        expect(error?.issues).toEqual(plain.error?.issues);
      }),
      { numRuns: 2_000 },
    );
  });
});

/** What a place in a text may hold by mistake; `undefined` is a place that is left out. */
const brokenValue = fc.constantFrom(undefined, null, '', '  ', ' 空格 ', 'x', '2026-02-30', 0, -1, 1.5, true, [], {});

function itemOf(place: number): unknown {
  return JSON.parse(texts[place % texts.length] ?? '');
}

/** Every place of an item, to be changed, and in every object one that nobody knows. */
function spotsOf(value: unknown): ((changed: unknown) => void)[] {
  if (typeof value !== 'object' || value === null) return [];
  const at = (key: string) => (changed: unknown) => {
    if (changed === undefined) Reflect.deleteProperty(value, key);
    else Reflect.set(value, key, changed);
  };
  const inside = Object.entries(value).flatMap(([key, one]) => [at(key), ...spotsOf(one)]);
  return Array.isArray(value) ? inside : [...inside, at('unknown')];
}
