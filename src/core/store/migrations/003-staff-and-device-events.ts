/**
 * The lists of words are checked by the tables themselves: salvage may read pages of another table as rows of these, and
 * must not take them for somebody's deeds.
 */
export const staffAndDeviceEvents = `
-- What staff did at the kiosk. Rows are only ever added.
CREATE TABLE staff_action (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  staff TEXT NOT NULL,
  action TEXT NOT NULL CHECK (action IN (
    'signed-in', 'sign-in-refused', 'signed-out', 'page-opened', 'device-closed', 'device-opened', 'device-tried'
  )),
  subject TEXT,
  detail TEXT
) STRICT;
CREATE TRIGGER staff_action_stays BEFORE UPDATE ON staff_action BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER staff_action_is_kept BEFORE DELETE ON staff_action BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- What happened at devices and the platform has to know; in the order in which it goes. Nothing in it is about a citizen.
CREATE TABLE device_event (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  device TEXT NOT NULL,
  class TEXT NOT NULL,
  driver TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN (
    'fault', 'recovered', 'closed', 'opened', 'item-left', 'item-taken', 'item-found'
  )),
  reason TEXT,
  at TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'needs-staff'))
) STRICT;
CREATE INDEX device_event_waiting ON device_event (state) WHERE state = 'waiting';
CREATE INDEX device_event_device ON device_event (device);

-- Something that a citizen left and did not come back for.
CREATE TABLE found_item (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  item TEXT NOT NULL CHECK (item IN ('card')),
  device TEXT NOT NULL,
  -- When the visit ended after which it lay there.
  visit_ended_at TEXT NOT NULL
) STRICT;
`;
