/**
 * The catalogue as it was pulled from the platform, so that a kiosk starts with what it had. Each pull writes a generation
 * of its own; texts are kept by their hash, so generations share what did not change. `catalogue_live` has one row at most,
 * and changing it is the switch.
 */
export const catalogue = `
CREATE TABLE catalogue_content (sha256 TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT;
CREATE TABLE catalogue_line (
  generation INTEGER NOT NULL,
  code TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (generation, code)
) STRICT;
CREATE INDEX catalogue_line_content ON catalogue_line (sha256);
CREATE TABLE catalogue_live (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  generation INTEGER NOT NULL,
  version INTEGER NOT NULL,
  hash TEXT NOT NULL,
  batch TEXT NOT NULL,
  published_at TEXT NOT NULL,
  live_since TEXT NOT NULL
) STRICT;
`;
