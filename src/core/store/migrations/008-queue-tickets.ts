/** Nothing here is about a person: a ticket says which number was given, and what for. */
export const queueTickets = `
-- Numbers of a queue that the platform lets this kiosk give on one day. Those from next to last are still there. Without an
-- answer of the platform there are none yet; the id is the idempotency key, so that asking again gets the same ones.
CREATE TABLE queue_lease (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  hall_code TEXT NOT NULL,
  kiosk_id TEXT NOT NULL,
  day TEXT NOT NULL CHECK (length(day) = 10),
  queue TEXT NOT NULL,
  count INTEGER NOT NULL CHECK (count > 0),
  first INTEGER,
  last INTEGER,
  next INTEGER,
  CHECK ((first IS NULL AND last IS NULL AND next IS NULL) OR (first > 0 AND next BETWEEN first AND last + 1))
) STRICT;

-- A number that was given to somebody. Whether it is on paper is told by its print jobs.
CREATE TABLE queue_ticket (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  lease_id TEXT NOT NULL,
  kiosk_id TEXT NOT NULL,
  hall_code TEXT NOT NULL,
  day TEXT NOT NULL CHECK (length(day) = 10),
  queue TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  item_code TEXT NOT NULL,
  taken_at TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('not-called', 'called', 'accepted', 'void')),
  received_at TEXT,
  UNIQUE (hall_code, day, queue, number)
) STRICT;

-- As print_job, of tickets.
CREATE TABLE ticket_print_job (
  id TEXT PRIMARY KEY,
  ticket_id TEXT NOT NULL REFERENCES queue_ticket (id),
  at TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('started', 'printed', 'unconfirmed', 'failed')),
  reason TEXT
) STRICT;
CREATE INDEX ticket_print_job_ticket ON ticket_print_job (ticket_id);
`;
