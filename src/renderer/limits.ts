/** Every wait and limit of the pages, in milliseconds unless said otherwise. */

/** A second strike at the same place within this time is a bounce of the finger (EN 301 549 V3.2.1, 5.8). */
export const DOUBLE_STRIKE_MS = 500;

/** Nobody touched the screen for so long: ask whether the person is still there. */
export const IDLE_BEFORE_WARNING_MS = 60_000;
/** Time to answer that question; at least 20 s (WCAG 2.2, 2.2.1). */
export const IDLE_WARNING_MS = 30_000;
/** The presence sensor saw the person go: they may have leaned back, so nothing is asked yet. */
export const GONE_BEFORE_WARNING_MS = 2_000;
/** A card is read in an eighth of a second: only a reading that takes longer than this is shown as one. */
export const READING_SHOWN_AFTER_MS = 250;
/** How often the idle rule and the countdowns look at the clock. */
export const TICK_MS = 250;
/** How often the clock on the page looks whether the minute has changed. */
export const CLOCK_TICK_MS = 1_000;

/** The receipt is printed: time to read the number on the page before the rating comes by itself. */
export const RATING_FOLLOWS_MS = 12_000;
/** The last page stays so long before the home page returns. */
export const END_PAGE_MS = 10_000;

/** The same while the card of the visit still lies on the reader. */
export const CARD_LEFT_PAGE_MS = 30_000;

/** After a visit a new page comes in far less; one that does not leaves the old one in use. */
export const RENEWAL_LATEST_MS = 5_000;

/** How long staff hold the emblem of the home page to get to their sign-in. */
export const STAFF_HOLD_MS = 2_000;

/** Pause before a status stream that ended is opened again. */
export const STATUS_RETRY_MS = 1_000;
/** Core has said nothing for so long: the home page, whose services are being made ready, gives way to one that says so. */
export const STARTING_SHOWN_AFTER_MS = 10_000;

/** A card was left behind: from one call of the kiosk to the next. */
export const ALARM_EVERY_MS = 2_500;
