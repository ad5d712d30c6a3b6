/** A record as both sides tell of it: its id and the digest of its content, hex. */
export interface RecordDigest {
  readonly id: string;
  readonly digest: string;
}

/** Many records in one line. */
export interface DaySummary {
  readonly count: number;
  /** The same for the same records in whatever order they come. */
  readonly hash: string;
}

/** What two sides do not agree on, as ids in their order. */
export interface Difference {
  /** Handed over by the kiosk, and not at the platform. */
  readonly missing: readonly string[];
  /** At the platform, and not handed over by the kiosk. */
  readonly extra: readonly string[];
  /** At both, with another content. */
  readonly altered: readonly string[];
}

/** @param hash of a text, such as SHA-256 in hex */
export function summarise(records: readonly RecordDigest[], hash: (text: string) => string): DaySummary {
  const lines = records.map(({ id, digest }) => `${id} ${digest}\n`).toSorted();
  return { count: records.length, hash: hash(lines.join('')) };
}

export function compareRecords(kiosk: readonly RecordDigest[], platform: readonly RecordDigest[]): Difference {
  const own = new Map(kiosk.map(({ id, digest }) => [id, digest]));
  const theirs = new Map(platform.map(({ id, digest }) => [id, digest]));
  const ids = (of: Map<string, string>, wanted: (id: string, digest: string) => boolean): string[] =>
    [...of]
      .filter(([id, digest]) => wanted(id, digest))
      .map(([id]) => id)
      .toSorted();
  return {
    missing: ids(own, (id) => !theirs.has(id)),
    extra: ids(theirs, (id) => !own.has(id)),
    altered: ids(own, (id, digest) => theirs.has(id) && theirs.get(id) !== digest),
  };
}
