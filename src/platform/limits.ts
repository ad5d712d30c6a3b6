/** Largest request body taken, in bytes: a case with a signature of 2,000,000 base64 characters, with room to spare. */
export const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** A request that is not here whole by then is ended, so that a dead line holds nothing for ever. Node's own limit, which Fastify lifts. */
export const REQUEST_LIMIT_MS = 300_000;
/** A kiosk asks for a new token after that time at the latest. */
export const TOKEN_LIFETIME_MS = 10 * 60 * 1_000;
/** Largest scanned page that may be uploaded, in bytes: an A3 sheet in colour at 300 dpi takes about 10 MB as JPEG. */
export const MAX_UPLOAD_BYTES = 32 * 1024 * 1024;
/** An upload that was not completed by then is removed; longer than a kiosk may be without the platform. */
export const UPLOAD_EXPIRES_MS = 14 * 24 * 60 * 60 * 1_000;
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
/** How often a transaction is done again when others overtook it. */
export const TRANSACTION_TRIES = 5;
