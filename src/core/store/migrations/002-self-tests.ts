/** Nothing here is about a person, so nothing is sealed. */
export const selfTests = `
-- What each self-test of the kiosk came to: \`report\` is the whole of it, as JSON. Kept for a year.
CREATE TABLE self_test (
  id TEXT PRIMARY KEY,
  ended_at TEXT NOT NULL,
  cause TEXT NOT NULL CHECK (cause IN ('opening', 'staff')),
  verdict TEXT NOT NULL CHECK (verdict IN ('passed', 'failed', 'incomplete')),
  report TEXT NOT NULL CHECK (json_valid(report))
) STRICT;
CREATE INDEX self_test_ended ON self_test (ended_at);

-- Records of the kiosk itself on their way to the platform: they belong to no case, and none waits for another. The id is
-- the idempotency key.
CREATE TABLE kiosk_outbox (
  id TEXT PRIMARY KEY,
  step TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'needs-staff')),
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_at INTEGER NOT NULL,
  reason TEXT,
  created_at TEXT NOT NULL,
  done_at TEXT,
  payload TEXT CHECK (payload IS NULL OR json_valid(payload))
) STRICT;
CREATE INDEX kiosk_outbox_due ON kiosk_outbox (next_attempt_at) WHERE state = 'waiting';
`;
