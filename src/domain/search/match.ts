/**
 * How a text answers a query. `same`: it is the query. `within`: it has the query in it. `pinyin`, `initials`: the query is
 * its syllables or their first letters, among characters or alone. `sound`: the query sounds like it. `one-off`: one
 * character is wrong, missing or too many. `words`: it has words of the query or others that mean the same.
 */
export const searchMatches = ['same', 'within', 'pinyin', 'sound', 'initials', 'one-off', 'words'] as const;
export type SearchMatch = (typeof searchMatches)[number];

/** Where a searched text stands in an item, the weightiest first. `variant`: 办理项; `part`: of an 一件事. */
export const searchFields = ['name', 'also-called', 'variant', 'part', 'tag', 'department'] as const;
export type SearchField = (typeof searchFields)[number];
