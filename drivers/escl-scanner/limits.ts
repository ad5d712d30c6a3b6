/** Times in milliseconds, sizes in bytes, unless the name says otherwise. */

/** Status, capabilities: answered from memory by any scanner. */
export const QUICK_LIMIT_MS = 5_000;
/** Starting a job: lamps warm up and feeders align before some answer. */
export const START_LIMIT_MS = 30_000;
/** One page, from asking for it to its last byte: A4 in colour at 600 dpi takes slow scanners a minute. */
export const PAGE_LIMIT_MS = 120_000;
/** Between two tries, when the scanner said that it is not ready. As sane-airscan. */
export const RETRY_PAUSE_MS = 1_000;
/** Longest pause before the next page is asked for. As sane-airscan. */
export const PAGE_PAUSE_MOST_MS = 1_000;

/** Capabilities of a large device take some 50 kB. */
export const XML_MOST_BYTES = 512_000;
/** Elements inside elements; the deepest in use have nine levels. */
export const XML_MOST_LEVELS = 24;
/** More than any feeder holds: a scanner that never stops sending pages is broken. */
export const MOST_PAGES = 200;

/** The simulated scanner takes so long for a page, and is annoyed by a request for the next one within so much time. */
export const SIMULATED_PAGE_MS = 400;
export const SIMULATED_HASTE_MS = 100;
/** A job whose pages nobody asks for any more is forgotten after so long. Real ones take a minute or more. */
export const SIMULATED_JOB_MS = 5_000;
/** Between two bytes of a simulated slow answer. */
export const SIMULATED_DRIP_MS = 1_000;
