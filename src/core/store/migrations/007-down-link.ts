/** What comes from the platform is sealed as a whole: what is personal in it, only the platform knows. */
export const downLink = `
-- How far the list of the platform was read; one row.
CREATE TABLE down_link (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  cursor TEXT NOT NULL,
  read_at TEXT NOT NULL
) STRICT;

-- Each change once, in the order in which it came, also those of kinds that only a later version understands. Of an old
-- one only the id stays.
CREATE TABLE incoming_change (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  position INTEGER NOT NULL UNIQUE CHECK (position > 0),
  kind TEXT NOT NULL,
  case_id TEXT,
  at TEXT NOT NULL,
  taken_at TEXT NOT NULL,
  payload BLOB
) STRICT;
CREATE INDEX incoming_change_case ON incoming_change (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX incoming_change_kind ON incoming_change (kind) WHERE payload IS NOT NULL;

-- Signed configurations that were believed: statement and signature as JSON, sealed, since they may name staff. A 'trial' has
-- not yet brought the kiosk up. The column starts counts how often it tried to.
CREATE TABLE remote_config (
  version INTEGER PRIMARY KEY CHECK (version > 0),
  state TEXT NOT NULL CHECK (state IN ('accepted', 'trial', 'proven', 'returned')),
  effective_at TEXT NOT NULL,
  starts INTEGER NOT NULL DEFAULT 0,
  payload BLOB NOT NULL
) STRICT;

-- What the platform acknowledged, by the day of its receipt, until both sides were found to agree on that day.
CREATE TABLE handed_over (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  kind TEXT NOT NULL CHECK (kind IN ('case', 'rating')),
  day TEXT NOT NULL CHECK (length(day) = 10),
  digest BLOB NOT NULL CHECK (length(digest) = 32)
) STRICT;
CREATE INDEX handed_over_day ON handed_over (day);
CREATE TABLE reconciliation (
  day TEXT PRIMARY KEY CHECK (length(day) = 10),
  at TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('same', 'different'))
) STRICT;
`;
