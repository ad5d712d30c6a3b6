/** Wait for a `DLE EOT` answer; the value of receiptio's connection check. */
export const STATUS_ANSWER_MS = 2_000;
/** A late status answer may still come so long after its query was given up. */
export const STRAY_ANSWER_MS = 300;
/** Bytes of one reply follow each other sooner, at 2400 baud and over USB too. */
export const REPLY_GAP_MS = 100;
/** A printer that was readied waits so long for the word that paper may move: longer than a finger rests on a button. */
export const START_MS = 5_000;
/** No chunk takes longer than this to leave, also at 2400 baud; longer means that the printer holds the line. */
export const STALL_MS = 20_000;
/** From the last byte to the completion reply: a long receipt on a slow mechanism, with its buffer full. */
export const COMPLETION_MS = 20_000;
/**
 * Two chunks are in flight. Small enough to stop soon after a fault, large enough that the pause between draining a terminal and
 * filling it again (about a millisecond) does not count.
 */
export const CHUNK_BYTES = 1_024;
/**
 * Releases a printer that waits for the rest of a command cut off by an unplugged line: more than the longest command we send, and
 * more than a cut-off length can announce whose high byte is then taken from a query's 10h.
 */
export const RELEASE_BYTES = 4_608;
/** Bytes of a picture in one command; with the others a command stays well below what {@link RELEASE_BYTES} releases. */
export const BAND_BYTES = 2_048;
/** The simulated printer keeps every command whose length has two bytes; the head of a picture can announce four gigabytes. */
export const MOST_HOST_COMMAND_BYTES = 5 + 0xff_ff;
/** Buffer of the simulated printer. */
export const SIMULATED_BUFFER_BYTES = 4_096;
/** From the opened line until the character tables are made; long before anybody can have something printed. */
export const WARM_UP_AFTER_MS = 2_000;
