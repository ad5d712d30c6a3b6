import { refused, done, type Result } from '../result.ts';

/** The three moments of an application that a limit may count from; instants in ISO 8601 with offset. */
export interface CaseTimes {
  /** At the kiosk, also while it is offline. */
  readonly handedInAt: string;
  /** At the platform. */
  readonly receivedAt?: string | undefined;
  /** 受理: by the department. */
  readonly acceptedAt?: string | undefined;
}

/**
 * Which moment starts the limit. The law counts from acceptance (行政许可法 art. 42); whether a hand-in at a kiosk is
 * 收件 in the legal sense is the operator's decision, so a place may promise to count from an earlier one.
 */
export type ClockStart = 'handed-in' | 'received' | 'accepted';

/** The moment that starts the limit, or `not-started` while it has not come. */
export function clockStartsAt(times: CaseTimes, start: ClockStart): Result<string, 'not-started'> {
  const instant = {
    'handed-in': times.handedInAt,
    received: times.receivedAt,
    accepted: times.acceptedAt,
  }[start];
  return instant === undefined ? refused('not-started') : done(instant);
}

/** Time that is not counted: a special procedure, or the wait for a supplement. Without `until` it still goes on. */
export interface Pause {
  readonly from: string;
  readonly until?: string | undefined;
}

/** In order of time, without overlaps: two procedures side by side stop the clock once. */
export function mergePauses(pauses: readonly Pause[]): Pause[] {
  const merged: Pause[] = [];
  for (const pause of pauses.toSorted((one, other) => Date.parse(one.from) - Date.parse(other.from))) {
    const last = merged.at(-1);
    if (last && endOf(last) >= Date.parse(pause.from)) {
      const longer = endOf(pause) > endOf(last) ? pause : last;
      merged[merged.length - 1] = { from: last.from, ...(longer.until !== undefined && { until: longer.until }) };
    } else {
      merged.push(pause);
    }
  }
  return merged;
}

function endOf({ until }: Pause): number {
  return until === undefined ? Infinity : Date.parse(until);
}
