/** A second strike at the same place within this time is a bounce of the finger (EN 301 549 V3.2.1, 5.8). Milliseconds. */
export const DOUBLE_STRIKE_MS = 500;
