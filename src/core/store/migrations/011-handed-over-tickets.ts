/** As `handed_over`, of queue tickets, whose kind that table does not take. */
export const handedOverTickets = `
CREATE TABLE handed_over_ticket (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  day TEXT NOT NULL CHECK (length(day) = 10),
  digest BLOB NOT NULL CHECK (length(digest) = 32)
) STRICT;
CREATE INDEX handed_over_ticket_day ON handed_over_ticket (day);
`;
