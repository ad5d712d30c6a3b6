/** Who is called first, and what people ask or complain about on its way to the platform. */
export const priorityAndEnquiries = `
-- The group that the person said they are of; null for ordinary ones.
ALTER TABLE queue_ticket ADD COLUMN priority_group TEXT;

-- What somebody wrote, sealed under the id, which is also that of its row in kiosk_outbox. It is removed when the platform
-- has it.
CREATE TABLE enquiry_content (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  payload BLOB NOT NULL
) STRICT;
`;
