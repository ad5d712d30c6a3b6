/** A command is answered within a few reports' time, one millisecond each at full speed. */
export const ANSWER_MS = 1_000;
/**
 * A triggered scanner reads for five seconds unless it is set otherwise, and does not say when it stops. It is triggered again a
 * little sooner.
 */
export const TRIGGER_AGAIN_MS = 4_000;
/** Longer than any pause between the reports of one code. What came before such a pause stays unfinished. */
export const CODE_IDLE_MS = 500;
/** The same code counts as shown again when it has not come for so long. */
export const REPEAT_MS = 5_000;
/** The longest QR code there is, in digits (ISO/IEC 18004). No symbology holds more bytes. */
export const MOST_CODE_BYTES = 7_089;
/** Length of a report with its id (USB 2.0, 5.7.3). */
export const REPORT_BYTES = 64;
