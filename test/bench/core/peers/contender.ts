/** Something that commits records one by one, each by itself. */
export interface Contender {
  /** Resolves once so many more are committed. */
  commit(count: number): Promise<void> | void;
  close(): void;
}

/** How much of a power cut a commit survives: as the library sets it up, or with each commit on the disk as ours. */
export type Durability = 'own' | 'synced';
