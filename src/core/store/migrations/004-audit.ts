/**
 * The table refuses to change, replace or lose a row. Who may write the file can drop the triggers: that is what the
 * hashes are for. Hash and number are checked closely, since salvage may read pages of another table as rows of this one.
 */
export const audit = `
CREATE TABLE audit (
  sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
  at TEXT NOT NULL,
  who TEXT NOT NULL CHECK (who = 'kiosk' OR who GLOB 'staff:?*' OR who GLOB 'process:?*'),
  what TEXT NOT NULL,
  target TEXT NOT NULL,
  outcome TEXT NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'append-only'); END;
-- INSERT OR REPLACE deletes without asking the trigger above.
CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE sequence = NEW.sequence)
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
`;
