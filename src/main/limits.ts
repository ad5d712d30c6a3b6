/** Waits and budgets of the shell, in milliseconds unless named otherwise. */

/**
 * A process that left so many pings unanswered is taken for hung and killed. Counted, not timed: after a sleep of the whole
 * computer nobody is late.
 */
export const HEARTBEAT_EVERY = 2_000;
export const HEARTBEATS_MISSED_MAX = 5;

/** Pause before a lost process is started again: none at first, then doubling up to the cap. */
export const RESTART_FIRST = 250;
export const RESTART_CAP = 15_000;
/** A process that lived so long starts again with no pause. */
export const RESTART_FORGIVEN_AFTER = 60_000;

/** The page is asked so often whether it is alive. */
export const PAGE_PING_EVERY = 1_000;
/** A page that left so many pings unanswered, or answered so often that it shows nothing, is ended and loaded anew. */
export const PAGE_PINGS_MISSED_MAX = 5;
/** The same while it is being loaded: on a slow machine that has just started, its code comes late. */
export const PAGE_PINGS_MISSED_LOADING = 30;
/** More page losses than this within the window restart the whole application. */
export const PAGE_LOSSES_MAX = 5;
export const PAGE_LOSSES_WINDOW = 60_000;

/** How long one press on "open camera" lets the page ask for it. */
export const CAMERA_ARMED = 10_000;

/** How long processes may take to end by themselves when the application ends. */
export const SHUTDOWN = 3_000;

/** The page that comes first is given so long for its first frame; then core and devices start without it. */
export const PROCESSES_START_LATEST = 3_000;
