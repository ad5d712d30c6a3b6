/** A command is answered at once by shipped engines; 9600 baud need some 40 ms for the longest command and its answer. */
export const ANSWER_MS = 1_000;
/** A command is sent so often until it is answered. */
export const COMMAND_TRIES = 2;
/**
 * An engine reads for five seconds after a trigger unless it is set otherwise, and does not say when it stops. It is triggered again
 * a little sooner.
 */
export const TRIGGER_AGAIN_MS = 4_000;
/** Between two tries to start a scanner that does not answer. */
export const RETRY_MS = 2_000;
/** Longer than any pause within one code. What came before such a pause without an end was noise, or a code cut off. */
export const CODE_IDLE_MS = 500;
/** The same code counts as shown again when it has not come for so long. */
export const REPEAT_MS = 5_000;
/** The longest QR code there is, in digits (ISO/IEC 18004). No symbology holds more bytes. */
export const MOST_CODE_BYTES = 7_089;
/** Longer answers are not asked for: what looks like one is text. */
export const MOST_FRAME_DATA_BYTES = 8;
export const MOST_TEXT_REPLY_BYTES = 64;
