/** A word for who is at the kiosk that is over sooner is asked for anew. */
export const IDENTITY_RENEW_MS = 60_000;

/** Every limit of the core room in one place. Times in milliseconds, sizes in bytes, unless the name says otherwise. */

export const DAY_MS = 24 * 3_600_000;

/** First wait after a failed delivery; doubles with each further one. */
export const RETRY_FIRST_MS = 2_000;
/** Longest wait between two tries of one record: after an outage of any length the hall is served within this time. */
export const RETRY_CAP_MS = 15 * 60_000;
/** One request to the platform, from the first byte sent to the last one received; for pages see below. */
export const PLATFORM_REQUEST_LIMIT_MS = 60_000;
/** The health call and a progress query: a person waits for them. */
export const PLATFORM_QUICK_LIMIT_MS = 5_000;
/** How often the platform is asked whether it is there, while it is and while it is not. */
export const HEALTH_EVERY_MS = 60_000;
export const HEALTH_WHEN_DOWN_EVERY_MS = 5_000;

/** Records that are under way at once, each of another case; so many connections and decrypted pages in memory. */
export const SYNC_LANES = 8;
/** So many tries that ended share a commit, if they end within this time. */
export const SETTLE_BATCH = 32;
export const SETTLE_WITHIN_MS = 50;
/** Every so many records one goes by how long it has been due and not by its deadline, so that none waits for ever. */
export const LONGEST_DUE_EVERY = 8;
/** So many calls in a row that failed without a word of the platform's own: it is sick, whatever its health call says. */
export const BREAKER_FAILURES = 5;
/** Once the platform is back, kiosks begin within this time and not all at once; sooner after a shorter outage. */
export const RESUME_WINDOW_MS = 2 * 60_000;
/** A record that failed so often is for staff, if the platform took another one of this kiosk lately or it is that old. */
export const GIVE_UP_ATTEMPTS = 50;
export const OTHERS_TAKEN_MS = 30 * 60_000;
export const GIVE_UP_AGE_MS = 30 * DAY_MS;
/** Bytes in a millisecond of the slowest line that is worked with, 1 Mbit/s: an upload has that much more time. */
export const SLOWEST_LINE_BYTES_PER_MS = 125;

/** Cases that may wait to be sent, unless the configuration says otherwise; then no application is begun. */
export const BACKLOG_CASES = 10_000;
/** How long the oldest may wait, in days; less than the platform keeps uploads that were begun. */
export const BACKLOG_DAYS = 10;
/** Staff are told when a case has waited so long for the case library. Applications go on: the platform has them. */
export const LIBRARY_BEHIND_MS = 24 * 3_600_000;
/** Staff are told when this share of either bound is reached. */
export const BACKLOG_WARN_SHARE = 0.8;

/**
 * After a damaged store was set aside, numbers that were on its lost rows may be on paper already: numbering goes on this
 * far behind the last known one.
 */
export const SERIAL_GAP_AFTER_SALVAGE = 200;
/** Below this much free space staff are told; about a hundred cases with scans still fit. */
export const DISK_LOW_BYTES = 500_000_000;

/** A store of up to this size is read through at every start, which takes a fraction of a second. */
export const STORE_CHECKED_AT_START_BYTES = 8 * 1024 * 1024;

/** The status is composed anew at least so often while somebody watches: announcements and notices begin and end by the clock. */
export const STATUS_LOOK_MS = 30_000;

/** How long staff see that a damaged store was set aside. */
export const NOTICE_SHOWN_MS = 30 * 24 * 3_600_000;

/** Unless the configuration says otherwise; the least that WCAG 2.2 allows (2.2.1). */
export const PERSON_GONE_SECONDS = 20;
/** The lamp at the printer's mouth shows the way to the paper for so long, if the visit goes on. */
export const RECEIPT_CUE_MS = 20_000;

/** From a finger on the button until the readied printer counts as forgotten; less than the printer's driver waits. */
export const RECEIPT_READY_MS = 3_000;

/** How often the daily self-test looks whether it is due: clocks are set, computers sleep and visits end in between. */
export const SELF_TEST_LOOK_MS = 60_000;
/** Reports of self-tests are kept so long, at the kiosk. */
export const SELF_TEST_KEPT_MS = 366 * 24 * 3_600_000;
/** A clock that is off by more writes wrong times on receipts. Much more than a slow answer of the platform explains. */
export const CLOCK_DRIFT_LIMIT_MS = 30_000;
/** How long a guided self-test waits for somebody to say whether the sound was heard. */
export const HEARD_LIMIT_MS = 30_000;

/** More than a person reads through. */
export const SEARCH_HITS = 20;
/** Items that the search reads without a pause: a few milliseconds. */
export const SEARCH_ITEMS_A_TURN = 5;

/** Items of a catalogue that are read and checked without a pause: a millisecond. */
export const CATALOGUE_ITEMS_A_TURN = 4;

/** So many wrong PINs in a row lock an account, and for how long. */
export const STAFF_WRONG_TRIES = 5;
export const STAFF_LOCK_MS = 15 * 60_000;

/** Records that wait for staff and are shown to them at once; more than anybody looks through. */
export const PARKED_SHOWN = 100;

/** From the end of a visit until its card, still on the reader, counts as left behind. */
export const LEFT_ITEM_AFTER_MS = 10_000;
/** From then until it counts as found: nobody came back for it. */
export const FOUND_ITEM_AFTER_MS = 60_000;

/** Records that get the new device key in one commit: a fraction of a second, and little to repeat after a power cut. */
export const KEY_ROTATION_BATCH = 200;

/**
 * How long content is kept after the platform acknowledged it. Kiosk and platform compare what they have once a day; what
 * the platform lost, as by going back to a backup of its own, can be sent again until then: a day, and two hours to act.
 */
export const ERASE_GRACE_MS = 26 * 3_600_000;
/** How often it is looked for what may go. */
export const ERASE_EVERY_MS = 10 * 60_000;
/** Records in one commit. */
export const ERASE_BATCH = 100;

/** A clock that went back by more than this since the last entry of the audit was wrong before or is wrong now. */
export const CLOCK_BACK_TOLERATED_MS = 5 * 60_000;

/** How often the platform is asked for news, at the most; each time a little less, so that kiosks do not come in step. */
export const CHANGES_EVERY_MS = 30_000;
/** Content from the platform is kept so long: longer than the longest legal limits run, 90 working days. */
export const CHANGES_KEPT_MS = 180 * 24 * 3_600_000;

/** A new configuration that did not bring the kiosk up in so many starts is given up. */
export const CONFIG_TRIAL_STARTS = 3;
/** A kiosk that is in service for so long after its start has shown that its configuration works. */
export const CONFIG_PROVEN_AFTER_MS = 60_000;
/** How often it is looked whether a configuration that waits for its time is due. */
export const CONFIG_LOOK_MS = 60_000;

/** How often it is looked whether a day is over and was not compared with the platform yet. */
export const RECONCILE_LOOK_MS = 60_000;
/** So many days back are compared; what was handed over is remembered as long. */
export const RECONCILE_BACK_DAYS = 35;
/** A case without an official number for that long is told to staff: no case outside the system. */
export const CASE_UNREGISTERED_AFTER_MS = 24 * 3_600_000;

/** How often the platform is asked for a newer catalogue. A change has seven working days; staff expect it within the hour. */
export const CATALOGUE_PULL_EVERY_MS = 15 * 60_000;

/** Core is started anew in these hours of the hall's night, when it has run for so long; how often it looks whether it may. */
export const RENEW_HOURS = { from: 3, to: 5 } as const;
export const RENEW_AFTER_MS = 6 * 3_600_000;
export const RENEW_LOOK_MS = 10 * 60_000;

/**
 * Numbers of a queue that are leased at a time, and at how many left over more are asked for: with these a kiosk goes on for
 * an hour or more at one ticket a minute when the platform goes away at the worst moment.
 */
export const QUEUE_LEASE_COUNT = 120;
export const QUEUE_LOW_WATER = 60;
/** So long a number waits to be printed with how many come before it; without that it is printed all the same. */
export const QUEUE_OUTLOOK_MS = 1_500;
/** How often it is looked whether numbers are missing: a day begins, or a refusal may be over. */
export const QUEUE_LOOK_MS = 10 * 60_000;
/** Tickets that the platform has are kept so many days. */
export const QUEUE_TICKET_KEPT_DAYS = 7;
