/** Any use of a device has an outcome by then, whatever happens on the line: longer than the longest limit of a driver. */
export const USE_LIMIT_MS = 180_000;
/** So long after its line is gone or its caller has left, a call is over. It waits for nothing, so this is for slow computers. */
export const END_LIMIT_MS = 2_000;
/** Nothing comes any more from a device that has been asked so long ago. */
export const QUIET_MS = 10_000;
/** Where the suite runs in real time, so long is enough to see that a damaged message led to nothing. */
export const QUIET_REAL_MS = 1_500;
/** Between two bytes that are to arrive one by one at the other end of a real terminal. */
export const BYTE_PAUSE_MS = 1;
/** Places within one use at which the line is cut or the caller leaves, for each direction. */
export const PATIENT_PLACES = 12;
export const REAL_PLACES = 3;
/** Longer than any message of a device takes on its line. */
export const LINE_MS = 200;
/** Before the last one, which must succeed. */
export const PROBES_TO_READY = 2;
