/** Times in milliseconds, sizes in bytes. */

/** Plugged in again, a device works within this time. */
export const BACK_MS = 5_000;
/** For any other state that a cycle waits for. Longer than the slowest driver takes to call a device silent. */
export const PATIENCE_MS = 20_000;
/** A cycle that takes longer hangs. */
export const CYCLE_MS = 40_000;
/** Files that are being closed get so long until they are counted as left open. */
export const SETTLE_MS = 3_000;
export const LOOK_EVERY_MS = 100;

/** What the process may hold more than after the warm-up. Files and other handles: none at all. */
export const mayGrow = {
  /** One kilobyte for each of a thousand cycles: less than anything that is kept of a cycle by mistake. */
  heap: 1_000_000,
  /** What the allocators keep in hand; the heap within it has the bound above. */
  resident: 24_000_000,
} as const;
