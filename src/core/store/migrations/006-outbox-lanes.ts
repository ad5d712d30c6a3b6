/**
 * What finds the next record among a hundred thousand. `ready` is kept by the outbox and not by triggers, so that the version
 * before can still work with the store; what that one leaves behind has no value in `ready`, or the value of a row that
 * waits although it does not, and is put right at the next start of this one.
 */
export const outboxLanes = `
-- 1: the next step of its case and free to go; 0: not; NULL: written by a version before this one.
ALTER TABLE outbox ADD COLUMN ready INTEGER;
-- Among what is due the lowest goes first: milliseconds since 1970 of the deadline, for ratings far behind it.
ALTER TABLE outbox ADD COLUMN turn INTEGER;
-- Address of a page's upload that was begun.
ALTER TABLE outbox ADD COLUMN upload TEXT;
CREATE INDEX outbox_turn ON outbox (turn, created_at, next_attempt_at, case_id) WHERE ready = 1;
CREATE INDEX outbox_ready ON outbox (next_attempt_at, created_at, case_id) WHERE ready = 1;
CREATE INDEX outbox_stale ON outbox (case_id) WHERE ready IS NULL OR (ready = 1 AND state <> 'waiting');
CREATE INDEX outbox_cases ON outbox (created_at) WHERE state = 'waiting' AND step = 'case';
CREATE INDEX outbox_staff ON outbox (id) WHERE state = 'needs-staff';
CREATE INDEX outbox_done ON outbox (done_at) WHERE state = 'done' AND payload IS NOT NULL;
CREATE INDEX outbox_pages ON outbox (id) WHERE step = 'scan' AND payload IS NOT NULL;
CREATE INDEX kiosk_outbox_staff ON kiosk_outbox (id) WHERE state = 'needs-staff';
`;
