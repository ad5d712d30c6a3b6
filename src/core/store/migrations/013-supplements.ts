/** What people hand in because a notice asked for it (补正), on its way to the platform. */
export const supplements = `
-- The id is also that of its row in kiosk_outbox. What was handed in is sealed under it, and goes some time after the platform
-- has it; that the notice was answered stays. Number and time of the notice say nothing about the person.
CREATE TABLE supplement (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  number TEXT NOT NULL,
  notice TEXT NOT NULL,
  handed_in_at TEXT NOT NULL,
  arrived_at TEXT,
  payload BLOB,
  UNIQUE (number, notice)
) STRICT;
CREATE INDEX supplement_arrived ON supplement (arrived_at) WHERE arrived_at IS NOT NULL AND payload IS NOT NULL;

-- Its pages, each a file; and the address of an upload that was begun.
CREATE TABLE supplement_page (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  supplement_id TEXT NOT NULL,
  upload TEXT
) STRICT;
CREATE INDEX supplement_page_of ON supplement_page (supplement_id);
`;
