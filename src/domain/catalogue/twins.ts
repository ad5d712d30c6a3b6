import { parseItemCode } from '../item-code.ts';
import type { CatalogueItem } from '../item.ts';
import { changesBetween, type Change } from './diff.ts';
import type { Region } from './lists.ts';

/** 名称、类型、依据、时限、流程、材料、表单: the same for an item everywhere (无差别受理、同标准办理). */
export const equalFields = ['name', 'type', 'basis', 'limits', 'flow', 'materials', 'form'] as const;
export type EqualField = (typeof equalFields)[number];

export interface TwinDifference {
  readonly basic: string;
  readonly field: EqualField;
  /** 实施编码 of the two items. */
  readonly codes: readonly [string, string];
  /** Where the second says something else than the first. */
  readonly changes: readonly Change[];
}

/** Items with the same 基本编码 in the catalogues of several regions: each is held against the first. */
export function compareTwins(items: readonly CatalogueItem[], regions: readonly Region[]): TwinDifference[] {
  const groups = Map.groupBy(items, ({ code }) => code.slice(19));
  return [...groups].flatMap(([basic, group]) =>
    group.slice(0, 1).flatMap((first) => group.slice(1).flatMap((other) => differences(basic, first, other, regions))),
  );
}

/** How many items have a twin. */
export function countTwins(items: readonly CatalogueItem[]): number {
  return [...Map.groupBy(items, ({ code }) => code.slice(19)).values()].filter(({ length }) => length > 1).length;
}

function differences(
  basic: string,
  first: CatalogueItem,
  other: CatalogueItem,
  regions: readonly Region[],
): TwinDifference[] {
  return equalFields.flatMap((field) => {
    const changes = changesBetween(valueOf(first, field, regions), valueOf(other, field, regions));
    return changes.length === 0 ? [] : [{ basic, field, codes: [first.code, other.code], changes }];
  });
}

/** One of the seven, with the region's own name taken out: 安澜县公安局 and 临汀县公安局 do the same step. */
function valueOf(item: CatalogueItem, field: EqualField, regions: readonly Region[]): unknown {
  const text = JSON.stringify(partOf(item, field));
  const name = regionNameOf(item, regions);
  return JSON.parse(name === undefined ? text : text.replaceAll(name, '本地'));
}

function partOf(item: CatalogueItem, field: EqualField): unknown {
  const { guide } = item;
  switch (field) {
    case 'basis':
      return guide.legalBasis.map(({ title, article }) => [title, article]);
    case 'limits':
      return guide.limits;
    case 'flow':
      return guide.flow;
    case 'materials':
      return item.materials;
    case 'form':
      return [item.situations, item.fields];
    default:
      return item[field];
  }
}

/** Digits 3 to 8 of the body's credit code are its region (GB 32100-2015). */
function regionNameOf({ code }: CatalogueItem, regions: readonly Region[]): string | undefined {
  const parsed = parseItemCode(code);
  const region = parsed.ok ? parsed.value.body?.creditCode.slice(2, 8) : undefined;
  return regions.find((one) => one.code === region)?.name;
}
