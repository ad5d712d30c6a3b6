/** Largest request body taken, in bytes: a case with a signature of 2,000,000 base64 characters, with room to spare. */
export const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** A request that is not here whole by then is ended, so that a dead line holds nothing for ever. Node's own limit, which Fastify lifts. */
export const REQUEST_LIMIT_MS = 300_000;
/** A kiosk asks for a new token after that time at the latest. */
export const TOKEN_LIFETIME_MS = 10 * 60 * 1_000;
/** Who somebody is has to be said again after that time: longer than most visits. */
export const IDENTITY_LIFETIME_MS = 15 * 60 * 1_000;
/** A code to say who one is, from a telephone. */
export const IDENTITY_CODE_LIFETIME_MS = 3 * 60 * 1_000;
/** How often a code of six digits may be guessed at. */
export const IDENTITY_CODE_TRIES = 5;
/** A token that shows a certificate to a window. */
export const SHOWING_LIFETIME_MS = 5 * 60 * 1_000;
/** What a copy of a certificate that was made for one purpose says about its own end: the longest time limit of an item fits in. */
export const CERTIFICATE_COPY_LIFETIME_MS = 180 * 24 * 60 * 60 * 1_000;
/** Looks at somebody's certificates that are told to them, the newest. */
export const CERTIFICATE_LOG_LENGTH = 200;
/** Free times in one answer. */
export const SLOTS_PER_ANSWER = 200;
/** Who comes earlier than that for an appointment waits, or takes an ordinary number. */
export const CHECK_IN_BEFORE_MS = 30 * 60 * 1_000;
/** Largest scanned page that may be uploaded, in bytes: an A3 sheet in colour at 300 dpi takes about 10 MB as JPEG. */
export const MAX_UPLOAD_BYTES = 32 * 1024 * 1024;
/** An upload that was not completed by then is removed; longer than a kiosk may be without the platform. */
export const UPLOAD_EXPIRES_MS = 14 * 24 * 60 * 60 * 1_000;
/** So much of an upload waits to be written, at the most; what comes while a piece is written goes in one. */
export const UPLOAD_WRITE_BYTES = 4 * 1024 * 1024;
/** After so many more bytes the disk is told to take them, while others still come. */
export const UPLOAD_SYNC_BYTES = 4 * 1024 * 1024;
/** Uploads under way whose hash is kept up to date; the oldest beyond are read when they are complete. */
export const UPLOADS_FOLLOWED = 256;
/** Read at once when an upload is hashed: smaller pieces cost more than their hash. */
export const HASHED_AT_ONCE_BYTES = 1024 * 1024;
/** How often unfinished uploads are looked through, at the most. */
export const SWEEP_AFTER_MS = 60 * 60 * 1_000;
/** How often, and after which pauses, an upload is asked for that another request is writing. */
export const UPLOAD_LOCK_TRIES = 50;
export const UPLOAD_LOCK_POLL_MS = 200;
/** What a request that is asked to let go gets to write down what it has. */
export const UPLOAD_DRAIN_MS = 2_000;

/** Connections of one process to PostgreSQL; further requests wait for a free one. */
export const POSTGRES_CONNECTIONS = 10;
/** Longest wait for a connection. */
export const POSTGRES_CONNECT_MS = 10_000;
/** The database ends a statement that takes longer. */
export const POSTGRES_STATEMENT_MS = 30_000;
/** The database ends a transaction whose process says nothing for that long, and frees its locks. */
export const POSTGRES_IDLE_TRANSACTION_MS = 10_000;
/** Changes in one answer to a kiosk. */
export const CHANGES_PER_PAGE = 100;
/** Steps in one answer to supervision. */
export const STEPS_PER_PAGE = 200;
/** How often a transaction is done again when others overtook it. */
export const TRANSACTION_TRIES = 5;

/** A catalogue of some thousand items as one file. */
export const MAX_PACK_BYTES = 64_000_000;

/** A package for another region, with its pages in base64. */
export const MAX_PACKAGE_BYTES = 128 * 1024 * 1024;
/** Cases on the page of what arrived; the newest ones. */
export const OVERVIEW_CASES = 50;
/** Complaints and consultations on it; the newest ones. */
export const OVERVIEW_ENQUIRIES = 20;
/** Lines of the public list of results in one answer. */
export const RESULTS_PER_PAGE = 50;
/** Arrivals from other regions that were not as packed, the newest. */
export const MISMATCHES_SHOWN = 200;
