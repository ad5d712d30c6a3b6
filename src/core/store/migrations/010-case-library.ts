/**
 * A case library gets the records of cases beside the platform. What a record says is in the outbox alone; here is how far it
 * has come on its way there. A version before this one sends nothing there and leaves these rows alone.
 */
export const caseLibrary = `
CREATE TABLE library_delivery (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  case_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  step TEXT NOT NULL CHECK (step IN ('case', 'scan', 'rating')),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'needs-staff')),
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_at INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  -- 1: the next step of its case and free to go.
  ready INTEGER NOT NULL,
  reason TEXT,
  created_at TEXT NOT NULL,
  done_at TEXT,
  upload TEXT,
  UNIQUE (case_id, position)
) STRICT;
CREATE INDEX library_turn ON library_delivery (turn, created_at, next_attempt_at, case_id) WHERE ready = 1;
CREATE INDEX library_ready ON library_delivery (next_attempt_at, created_at, case_id) WHERE ready = 1;
CREATE INDEX library_waiting ON library_delivery (next_attempt_at) WHERE state = 'waiting';
CREATE INDEX library_cases ON library_delivery (created_at) WHERE state = 'waiting' AND step = 'case';
CREATE INDEX library_done ON library_delivery (done_at) WHERE state = 'done';
CREATE INDEX library_staff ON library_delivery (id) WHERE state = 'needs-staff';
`;
