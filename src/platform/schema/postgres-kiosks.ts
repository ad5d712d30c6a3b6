/** The first migrations of PostgreSQL: what kiosks hand in and are told. */
export const kioskMigrations: readonly string[] = [
  // `rowid` is the order of arrival, as SQLite has it by itself.
  `
  CREATE TABLE case_record (
    rowid BIGINT GENERATED ALWAYS AS IDENTITY,
    id TEXT PRIMARY KEY,
    provisional_number TEXT NOT NULL UNIQUE,
    receipt_code TEXT NOT NULL UNIQUE,
    official_number TEXT NOT NULL UNIQUE,
    content TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    received_at TEXT NOT NULL
  );
  CREATE TABLE part (
    case_id TEXT NOT NULL REFERENCES case_record (id),
    position INTEGER NOT NULL,
    official_number TEXT NOT NULL UNIQUE,
    PRIMARY KEY (case_id, position)
  );
  CREATE TABLE case_number (
    number TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES case_record (id)
  );
  -- A row for each page a case announces. With the scan follow received_at, its length, and the image or the upload
  -- that it came in.
  CREATE TABLE page (
    rowid BIGINT GENERATED ALWAYS AS IDENTITY,
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES case_record (id),
    material TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    received_at TEXT,
    bytes INTEGER,
    image BYTEA,
    upload TEXT
  );
  CREATE INDEX page_case ON page (case_id);
  CREATE TABLE rating (
    rowid BIGINT GENERATED ALWAYS AS IDENTITY,
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL UNIQUE REFERENCES case_record (id),
    content TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    received_at TEXT NOT NULL
  );
  CREATE TABLE keyed_answer (
    key TEXT PRIMARY KEY,
    operation TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    answer TEXT NOT NULL,
    replays INTEGER NOT NULL DEFAULT 0
  );
  CREATE TABLE serial (scope TEXT PRIMARY KEY, last INTEGER NOT NULL);
  CREATE TABLE self_test (
    rowid BIGINT GENERATED ALWAYS AS IDENTITY,
    id TEXT PRIMARY KEY,
    kiosk_id TEXT NOT NULL,
    ended_at TEXT NOT NULL,
    verdict TEXT NOT NULL,
    content TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    received_at TEXT NOT NULL
  );
  CREATE INDEX self_test_kiosk ON self_test (kiosk_id, ended_at);
  CREATE TABLE device_event (
    rowid BIGINT GENERATED ALWAYS AS IDENTITY,
    id TEXT PRIMARY KEY,
    content TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    received_at TEXT NOT NULL
  );
  -- The kiosks whose certificates are let in; a row stays when its kiosk is shut out.
  CREATE TABLE device (
    rowid BIGINT GENERATED ALWAYS AS IDENTITY,
    fingerprint TEXT PRIMARY KEY,
    kiosk_id TEXT NOT NULL,
    enrolled_at TEXT NOT NULL,
    revoked_at TEXT
  );
  CREATE TABLE secret (name TEXT PRIMARY KEY, value TEXT NOT NULL);
  `,
  `
  ALTER TABLE case_record ADD COLUMN kiosk_id TEXT;
  UPDATE case_record SET kiosk_id = content::json ->> 'kioskId';
  CREATE INDEX case_record_kiosk ON case_record (kiosk_id, received_at);
  -- What kiosks are to learn, a list for each: from 1, without gaps.
  CREATE TABLE kiosk_change (
    kiosk_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    case_id TEXT REFERENCES case_record (id),
    at TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (kiosk_id, sequence),
    UNIQUE (kiosk_id, id)
  );
  CREATE INDEX kiosk_change_case ON kiosk_change (case_id) WHERE case_id IS NOT NULL;
  CREATE TABLE config_report (
    rowid BIGINT GENERATED ALWAYS AS IDENTITY,
    id TEXT PRIMARY KEY,
    kiosk_id TEXT NOT NULL,
    content TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    received_at TEXT NOT NULL
  );
  `,
  `
  -- Every published catalogue. An entry for each item that a version adds (I), changes (U) or takes away (D).
  CREATE TABLE catalogue_version (
    version INTEGER PRIMARY KEY,
    batch TEXT NOT NULL,
    published_at TEXT NOT NULL,
    items INTEGER NOT NULL,
    hash TEXT NOT NULL
  );
  CREATE TABLE catalogue_entry (
    version INTEGER NOT NULL REFERENCES catalogue_version (version),
    code TEXT NOT NULL,
    operation TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (code, version)
  );
  `,
  // Numbers of queues: who may give which, and which were given. What was leased so far is counted in `serial`.
  `
  CREATE TABLE queue_lease (
    rowid BIGINT GENERATED ALWAYS AS IDENTITY,
    id TEXT PRIMARY KEY,
    kiosk_id TEXT NOT NULL,
    hall_code TEXT NOT NULL,
    day TEXT NOT NULL,
    queue TEXT NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    leased_at TEXT NOT NULL
  );
  CREATE TABLE queue_ticket (
    rowid BIGINT GENERATED ALWAYS AS IDENTITY,
    id TEXT PRIMARY KEY,
    hall_code TEXT NOT NULL,
    day TEXT NOT NULL,
    queue TEXT NOT NULL,
    number INTEGER NOT NULL,
    content TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    received_at TEXT NOT NULL,
    UNIQUE (hall_code, day, queue, number)
  );
  `,
  `
  ALTER TABLE device ADD COLUMN role TEXT NOT NULL DEFAULT 'kiosk';
  ALTER TABLE device_event ADD COLUMN kiosk_id TEXT;
  ALTER TABLE device_event ADD COLUMN device TEXT;
  ALTER TABLE device_event ADD COLUMN kind TEXT;
  UPDATE device_event SET kiosk_id = content::json ->> 'kioskId', device = content::json ->> 'device', kind = content::json ->> 'kind';
  CREATE INDEX device_event_kiosk ON device_event (kiosk_id, device, kind);
  `,
];
