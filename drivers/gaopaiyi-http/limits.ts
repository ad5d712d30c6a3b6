/** Times in milliseconds, sizes in bytes, unless the name says otherwise. */

/** Status and closing are answered from memory, by a program on this computer. */
export const QUICK_LIMIT_MS = 3_000;
/** From asking for the live picture to a good still: cameras take seconds to start. */
export const STILL_LIMIT_MS = 15_000;
/** Frames that may be no whole pictures before the camera counts as broken. */
export const MOST_FRAMES = 20;

export const REPLY_MOST_BYTES = 64_000;
/** Before the first part and between two of them: a line end, or a short remark. */
export const GAP_MOST_BYTES = 1_024;
/** Headers of a part. */
export const HEADERS_MOST_BYTES = 4_096;

/** Time between two frames of the simulated camera, and between two bytes of its slowest answer. */
export const SIMULATED_FRAME_MS = 100;
export const SIMULATED_DRIP_MS = 1_000;
