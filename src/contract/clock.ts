/** Time as the rooms use it: injected, so that tests decide what time it is and when a wait is over. */
export interface Clock {
  now(): Date;
  /** Resolves after so many milliseconds; rejects with the signal's reason when it is aborted first. */
  delay(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
