import type { SeededRandom } from '../../../src/devices/faults/random.ts';
import { noStrace, tampering } from '../hall/strace.ts';

/** Where a process is killed: on entering a system call of one kind for the nth time, or after some time. */
export type KillPoint =
  | { readonly at: 'call'; readonly call: string; readonly nth: number }
  | { readonly at: 'time'; readonly milliseconds: number };

/** A kind of call, and how many of it the work makes. */
export type CallCounts = Readonly<Record<string, number>>;

/** One life in so many is ended by time, since a process is not always in a call. */
const BY_TIME_EACH = 5;

/**
 * Between two calls that write, what is on disk and what the other side knows stays the same; so these calls are all the
 * points that there are, and each of them can be found again.
 */
export function somePoint(random: SeededRandom, calls: CallCounts, longestMs: number): KillPoint {
  const milliseconds = random.below(longestMs);
  const call = random.of(Object.keys(calls));
  const nth = 1 + random.below(calls[call] ?? 1);
  if (noStrace !== undefined || random.below(BY_TIME_EACH) === 0) return { at: 'time', milliseconds };
  return { at: 'call', call, nth };
}

export function tracerFor(point: KillPoint): readonly string[] {
  return point.at === 'call' ? tampering([point.call], `signal=SIGKILL:when=${point.nth}`) : [];
}

export function describePoint(point: KillPoint): string {
  return point.at === 'call' ? `at ${point.call} ${point.nth}` : `after ${point.milliseconds} ms`;
}
