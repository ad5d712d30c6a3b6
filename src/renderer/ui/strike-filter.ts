/**
 * Tells a press from the bounce of the same finger (EN 301 549 5.8). Times are milliseconds of any steadily growing
 * clock.
 */
export interface StrikeFilter {
  /** Whether a press at this time on this target counts; a press that counts starts a new interval. */
  accept(target: string, at: number): boolean;
  /** Milliseconds for which something that appears now should not react yet, since the finger may still be bouncing. */
  settleTime(at: number): number;
}

export function createStrikeFilter(interval: number): StrikeFilter {
  let last: { target: string; at: number } | undefined;
  return {
    accept(target, at) {
      if (last && last.target === target && at - last.at < interval) return false;
      last = { target, at };
      return true;
    },
    settleTime(at) {
      return last ? Math.max(0, interval - (at - last.at)) : 0;
    },
  };
}
