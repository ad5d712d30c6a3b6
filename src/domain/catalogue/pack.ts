import { z } from 'zod';
import { catalogueItem, type CatalogueItem } from '../item.ts';
import { done, refused, type Result } from '../result.ts';
import { secrecyOf } from '../secrecy.ts';

/** A catalogue as one file, for whoever publishes it. */
export const cataloguePack = z.strictObject({
  format: z.literal(1),
  batch: z.string().trim().min(1),
  items: z.array(catalogueItem).min(1),
});
export type CataloguePack = z.infer<typeof cataloguePack>;

/**
 * Puts items into a pack.
 *
 * - `unstamped`: an item has no stamp of a secrecy review. The detail lists their codes.
 * - `classified`: the review says that an item must not be public.
 */
export function buildPack(
  batch: string,
  items: readonly CatalogueItem[],
): Result<CataloguePack, 'unstamped' | 'classified'> {
  const unstamped = items.filter((item) => secrecyOf(item) === 'unstamped');
  if (unstamped.length > 0) return refused('unstamped', unstamped.map(({ code }) => code).join(', '));
  const classified = items.filter((item) => secrecyOf(item) === 'classified');
  if (classified.length > 0) return refused('classified', classified.map(({ code }) => code).join(', '));
  return done({ format: 1, batch, items: items.toSorted((a, b) => (a.code < b.code ? -1 : 1)) });
}
