/** The first migrations of SQLite: what kiosks hand in and are told. */
export const kioskMigrations: readonly string[] = [
  `
  CREATE TABLE case_record (
    id TEXT PRIMARY KEY,
    provisional_number TEXT NOT NULL UNIQUE,
    receipt_code TEXT NOT NULL UNIQUE,
    official_number TEXT NOT NULL UNIQUE,
    content TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    received_at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE part (
    case_id TEXT NOT NULL REFERENCES case_record (id),
    position INTEGER NOT NULL,
    official_number TEXT NOT NULL UNIQUE,
    PRIMARY KEY (case_id, position)
  ) STRICT;
  -- A row for each page a case announces; image and received_at follow with the scan.
  CREATE TABLE page (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES case_record (id),
    material TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    image BLOB,
    received_at TEXT
  ) STRICT;
  CREATE INDEX page_case ON page (case_id);
  CREATE TABLE rating (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL UNIQUE REFERENCES case_record (id),
    content TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    received_at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE keyed_answer (
    key TEXT PRIMARY KEY,
    operation TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    answer TEXT NOT NULL,
    replays INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE serial (scope TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT;
  `,
  `
  CREATE TABLE self_test (
    id TEXT PRIMARY KEY,
    kiosk_id TEXT NOT NULL,
    ended_at TEXT NOT NULL,
    verdict TEXT NOT NULL,
    content TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    received_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX self_test_kiosk ON self_test (kiosk_id, ended_at);
  `,
  `
  CREATE TABLE device_event (
    id TEXT PRIMARY KEY,
    content TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    received_at TEXT NOT NULL
  ) STRICT;
  `,
  `
  -- Every number under which a case is found, so that no two cases ever share one.
  CREATE TABLE case_number (
    number TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES case_record (id)
  ) STRICT;
  INSERT OR IGNORE INTO case_number SELECT provisional_number, id FROM case_record;
  INSERT OR IGNORE INTO case_number SELECT receipt_code, id FROM case_record;
  INSERT OR IGNORE INTO case_number SELECT official_number, id FROM case_record;
  INSERT OR IGNORE INTO case_number SELECT official_number, case_id FROM part;
  -- The length of the page, and the upload that it came in when its image is not in this table.
  ALTER TABLE page ADD COLUMN bytes INTEGER;
  ALTER TABLE page ADD COLUMN upload TEXT;
  UPDATE page SET bytes = length(image) WHERE image IS NOT NULL;
  -- The kiosks whose certificates are let in; a row stays when its kiosk is shut out.
  CREATE TABLE device (
    fingerprint TEXT PRIMARY KEY,
    kiosk_id TEXT NOT NULL,
    enrolled_at TEXT NOT NULL,
    revoked_at TEXT
  ) STRICT;
  CREATE TABLE secret (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  `,
  `
  ALTER TABLE case_record ADD COLUMN kiosk_id TEXT;
  UPDATE case_record SET kiosk_id = json_extract(content, '$.kioskId');
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
  ) STRICT;
  CREATE INDEX kiosk_change_case ON kiosk_change (case_id) WHERE case_id IS NOT NULL;
  CREATE TABLE config_report (
    id TEXT PRIMARY KEY,
    kiosk_id TEXT NOT NULL,
    content TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    received_at TEXT NOT NULL
  ) STRICT;
  `,
  `
  -- Every published catalogue. An entry for each item that a version adds (I), changes (U) or takes away (D).
  CREATE TABLE catalogue_version (
    version INTEGER PRIMARY KEY,
    batch TEXT NOT NULL,
    published_at TEXT NOT NULL,
    items INTEGER NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
  CREATE TABLE catalogue_entry (
    version INTEGER NOT NULL REFERENCES catalogue_version (version),
    code TEXT NOT NULL,
    operation TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (code, version)
  ) STRICT;
  `,
  // Numbers of queues: who may give which, and which were given. What was leased so far is counted in `serial`.
  `
  CREATE TABLE queue_lease (
    id TEXT PRIMARY KEY,
    kiosk_id TEXT NOT NULL,
    hall_code TEXT NOT NULL,
    day TEXT NOT NULL,
    queue TEXT NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    leased_at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE queue_ticket (
    id TEXT PRIMARY KEY,
    hall_code TEXT NOT NULL,
    day TEXT NOT NULL,
    queue TEXT NOT NULL,
    number INTEGER NOT NULL,
    content TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    received_at TEXT NOT NULL,
    UNIQUE (hall_code, day, queue, number)
  ) STRICT;
  `,
  `
  ALTER TABLE device ADD COLUMN role TEXT NOT NULL DEFAULT 'kiosk';
  ALTER TABLE device_event ADD COLUMN kiosk_id TEXT;
  ALTER TABLE device_event ADD COLUMN device TEXT;
  ALTER TABLE device_event ADD COLUMN kind TEXT;
  UPDATE device_event SET kiosk_id = json_extract(content, '$.kioskId'), device = json_extract(content, '$.device'), kind = json_extract(content, '$.kind');
  CREATE INDEX device_event_kiosk ON device_event (kiosk_id, device, kind);
  `,
];
