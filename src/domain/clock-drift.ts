/** What one question to another clock tells about ours. All in milliseconds. */
export interface ClockReading {
  /** How far ours runs ahead; negative when behind. */
  readonly driftMs: number;
  /** The drift may be off by so much: half the way there and back. */
  readonly uncertaintyMs: number;
}

/**
 * Compares our clock with another one that was asked over a network, taking both ways for equally long, as NTP does
 * (RFC 5905, section 8). Nothing when our clock itself was set back in between.
 */
export function readClock(askedAt: Date, theirs: Date, answeredAt: Date): ClockReading | undefined {
  const roundTrip = answeredAt.getTime() - askedAt.getTime();
  if (roundTrip < 0 || Number.isNaN(theirs.getTime())) return undefined;
  const middle = askedAt.getTime() + roundTrip / 2;
  return { driftMs: middle - theirs.getTime(), uncertaintyMs: roundTrip / 2 };
}

/** Whether the clock is certainly off by more than the limit, certainly not, or neither, as after a slow answer. */
export function judgeClock({ driftMs, uncertaintyMs }: ClockReading, limitMs: number): 'right' | 'wrong' | 'unsure' {
  const off = Math.abs(driftMs);
  if (off - uncertaintyMs > limitMs) return 'wrong';
  return off + uncertaintyMs <= limitMs ? 'right' : 'unsure';
}
