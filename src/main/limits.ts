/** Waits and budgets of the shell, in milliseconds unless named otherwise. */

/** A process that has not answered for so long is taken for hung and killed. Its exit code proves nothing: a killed one ends with 0. */
export const HEARTBEAT_EVERY = 2_000;
export const HEARTBEAT_LIMIT = 10_000;

/** Pause before a lost process is started again: none at first, then doubling up to the cap. */
export const RESTART_FIRST = 250;
export const RESTART_CAP = 15_000;
/** A process that lived so long starts again with no pause. */
export const RESTART_FORGIVEN_AFTER = 60_000;

/** A page that does not react for so long is ended and loaded anew. */
export const PAGE_HUNG = 6_000;
/** More page losses than this within the window restart the whole application. */
export const PAGE_LOSSES_MAX = 5;
export const PAGE_LOSSES_WINDOW = 60_000;

/** How long one press on "open camera" lets the page ask for it. */
export const CAMERA_ARMED = 10_000;

/** How long processes may take to end by themselves when the application ends. */
export const SHUTDOWN = 3_000;
