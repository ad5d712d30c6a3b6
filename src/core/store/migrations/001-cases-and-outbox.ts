/**
 * What is in the clear here is what a progress query or staff need and says nothing about the person: numbers, item,
 * times. Everything else of a case travels sealed in `outbox.payload` and goes when the platform has it.
 */
export const casesAndOutbox = `
CREATE TABLE case_record (
  id TEXT PRIMARY KEY,
  provisional_number TEXT NOT NULL UNIQUE,
  receipt_code TEXT NOT NULL UNIQUE,
  official_number TEXT,
  item_code TEXT NOT NULL,
  item_version INTEGER NOT NULL,
  item_name TEXT NOT NULL,
  department TEXT NOT NULL,
  handed_in_at TEXT NOT NULL,
  received_at TEXT
) STRICT;
CREATE INDEX case_official ON case_record (official_number) WHERE official_number IS NOT NULL;

-- One row for each step of a case. The id is the idempotency key, the name of the scan file and the seal's row id in one.
CREATE TABLE outbox (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES case_record (id),
  position INTEGER NOT NULL,
  step TEXT NOT NULL CHECK (step IN ('case', 'scan', 'rating')),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'needs-staff')),
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_at INTEGER NOT NULL,
  reason TEXT,
  created_at TEXT NOT NULL,
  done_at TEXT,
  payload BLOB,
  UNIQUE (case_id, position)
) STRICT;
CREATE INDEX outbox_due ON outbox (next_attempt_at) WHERE state = 'waiting';

-- Written before paper moves: what is still 'started' after a restart may or may not have come out.
CREATE TABLE print_job (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES case_record (id),
  at TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('started', 'printed', 'unconfirmed', 'failed')),
  reason TEXT
) STRICT;

CREATE TABLE serial (day TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT;
CREATE TABLE wipe (id INTEGER PRIMARY KEY, at TEXT NOT NULL, cause TEXT NOT NULL) STRICT;
CREATE TABLE notice (id INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, detail TEXT NOT NULL) STRICT;
`;
