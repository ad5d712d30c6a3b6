import type { Region } from './lists.ts';

/**
 * A region as people say it, from the province down: 云汀省澜川市临汀县. Undefined for a code that the tree does not have.
 *
 * @param code GB/T 2260, as in the tree
 */
export function regionName(
  tree: readonly (Pick<Region, 'code' | 'name'> & { readonly parent?: string | undefined })[],
  code: string,
): string | undefined {
  const names: string[] = [];
  let next: string | undefined = code;
  // No tree is deeper than it has nodes, whatever its parents say.
  for (let left = tree.length; next !== undefined && left > 0; left -= 1) {
    const node = tree.find((one) => one.code === next);
    if (!node) break;
    names.unshift(node.name);
    next = node.parent;
  }
  return names.length > 0 ? names.join('') : undefined;
}
