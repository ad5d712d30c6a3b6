/**
 * A JSON value as the one text that RFC 8785 (JSON Canonicalization Scheme) gives it: no spaces, keys in the order of their
 * UTF-16 code units, numbers and strings as ECMAScript writes them. Two programs that hash or sign it mean the same bytes
 * (UTF-8). Entries that are `undefined` are left out, as JSON has none.
 *
 * @throws TypeError for what JSON cannot say, such as NaN or a function
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') return `{${members(value).join(',')}}`;
  throw new TypeError(`no JSON value: ${typeof value}`);
}

function members(value: object): string[] {
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
}
