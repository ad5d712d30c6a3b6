/** First pause before a port that does not open, or a device that does not answer, is tried again. */
export const RETRY_FIRST_MS = 250;
/** The pause doubles up to this, so that a device plugged in again is ready within 5 s. */
export const RETRY_CAP_MS = 2_000;
/** A well device is asked how it is so often while nobody uses it. */
export const IDLE_PROBE_MS = 30_000;
/** A probe that takes longer counts as no answer; drivers have shorter limits of their own. */
export const PROBE_LIMIT_MS = 15_000;
/** A line that does not open in this time counts as failed, and is closed should it open later. Longer than any transport's own limit. */
export const OPEN_LIMIT_MS = 3_500;
/** Closing a line that hangs is not waited for any longer. */
export const CLOSE_LIMIT_MS = 1_000;
/** A driver that was told to leave and has not done so by then is stuck: its line is closed and both begin anew. */
export const LET_GO_MS = 1_000;
/** Clearing a device's buffers. */
export const RESET_LIMIT_MS = 2_000;
/** The longest document there is on the slowest printer, with all of the driver's own waits. */
export const PRINT_LIMIT_MS = 180_000;
/** A short question and its answer: capabilities, a lamp. */
export const ASK_LIMIT_MS = 10_000;
/** Line speed of simulators inside the process, whose configuration names none. */
export const SIMULATED_BAUD_RATE = 115_200;
/** The simulator host stops reading a terminal while so much waits to be paced, as a device with full buffers does. */
export const HOST_BUFFER_BYTES = 512;
/** Until socat says that both terminals are joined. */
export const SOCAT_START_MS = 5_000;
/** Until a network device has taken a connection; one in the same hall answers in milliseconds. */
export const CONNECT_LIMIT_MS = 3_000;
/** Until a silent connection is asked whether its other end is still there. */
export const KEEP_ALIVE_MS = 10_000;
/** A HID device that was opened and is silent for so long has nothing left to say of what was before. */
export const HID_STALE_MS = 50;
/** One that goes on longer than this, such as a scanner whose trigger is stuck, is read as it comes. Linux keeps 64 reports. */
export const HID_STALE_REPORTS = 64;
/** How long a read of a HID device waits for a report, and so the longest that closing it waits. */
export const HID_READ_MS = 200;
/** What Linux reads of a printer at a time. */
export const PRINTER_READ_BYTES = 1_024;
/** After an empty packet: a printer may send one in answer to every read. */
export const EMPTY_READ_PAUSE_MS = 20;
/** The most that a QR code holds is 7089 digits; a reader that sends more sends something else. */
export const LONGEST_CODE_BYTES = 7_089;
/** A photo that no picture was made of by then is none: nobody is kept waiting for it. */
export const PHOTO_LIMIT_MS = 2_000;
/** What is kept of a line for a maintainer to look at. */
export const TRAFFIC_BYTES = 256 * 1024;
export const TRAFFIC_FRAMES = 200;
/** How long a self-test waits for a person: a card, a key, a code, a page. */
export const PERSON_LIMIT_MS = 30_000;
