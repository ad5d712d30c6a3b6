/** One item of a published catalogue, by the SHA-256 of its text in hex. */
export interface ManifestLine {
  readonly code: string;
  readonly sha256: string;
}

/**
 * What the hash of a whole catalogue is taken of: a line for each item, in the order of the codes. Who publishes and who
 * pulls build it each for themselves, so that a catalogue with one item missing, stale or altered is noticed.
 */
export function manifestText(lines: Iterable<ManifestLine>): string {
  return [...lines]
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
    .map(({ code, sha256 }) => `${code} ${sha256}\n`)
    .join('');
}
