/** The migrations of SQLite that follow those: what offices do with it. New ones go to the end. */
export const officeMigrations: readonly string[] = [
  `
  -- What departments and applicants do with cases. The item of a case, and the department it is of, for its list.
  ALTER TABLE case_record ADD COLUMN item_code TEXT;
  ALTER TABLE case_record ADD COLUMN office TEXT;
  ALTER TABLE case_record ADD COLUMN state TEXT NOT NULL DEFAULT 'handed-in';
  UPDATE case_record SET item_code = json_extract(content, '$.itemCode');
  UPDATE case_record SET office = substr(item_code, 1, 18);
  CREATE INDEX case_record_office ON case_record (office, official_number);
  -- The trail: every step of a case, from 1.
  CREATE TABLE case_step (
    case_id TEXT NOT NULL REFERENCES case_record (id),
    position INTEGER NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (case_id, position)
  ) STRICT;
  -- What was supplied: for the second round and later ones.
  CREATE TABLE case_supply (
    case_id TEXT NOT NULL REFERENCES case_record (id),
    round INTEGER NOT NULL,
    content TEXT NOT NULL,
    supplied_at TEXT NOT NULL,
    PRIMARY KEY (case_id, round)
  ) STRICT;
  -- Each round that was looked through: what was handed in (hashes), what the rules found, and its one notice.
  CREATE TABLE case_round (
    case_id TEXT NOT NULL REFERENCES case_record (id),
    round INTEGER NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (case_id, round)
  ) STRICT;
  -- Cases that came before there were rounds are not looked through any more.
  INSERT INTO case_round SELECT id, 1, '{"handIn":{"content":{},"knowable":[]}}' FROM case_record;
  CREATE TABLE instant_decision (
    case_id TEXT PRIMARY KEY REFERENCES case_record (id),
    content TEXT NOT NULL
  ) STRICT;
  -- Grounds that came too late, for supervision; the same ones once.
  CREATE TABLE late_ground (
    case_id TEXT NOT NULL REFERENCES case_record (id),
    round INTEGER NOT NULL,
    hash TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (case_id, round, hash)
  ) STRICT;
  `,
  // Ratings by number, each with its national record, and the work that bad ones make.
  `
  CREATE TABLE numbered_rating (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES case_record (id),
    number INTEGER NOT NULL,
    level TEXT NOT NULL,
    rated_at TEXT NOT NULL,
    rated_on TEXT NOT NULL,
    hall_code TEXT NOT NULL,
    -- The national record as it goes up, or why it waits.
    national TEXT,
    held TEXT,
    late INTEGER NOT NULL,
    content TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    received_at TEXT NOT NULL,
    UNIQUE (case_id, number)
  ) STRICT;
  INSERT INTO numbered_rating
    SELECT rating.id, case_id, 1, json_extract(rating.content, '$.level'), json_extract(rating.content, '$.ratedAt'),
      date(json_extract(rating.content, '$.ratedAt'), '+8 hours'), json_extract(case_record.content, '$.hallCode'),
      NULL, 'earlier-version', 0, rating.content, rating.content_hash, rating.received_at
    FROM rating JOIN case_record ON case_record.id = case_id ORDER BY rating.rowid;
  DROP TABLE rating;
  ALTER TABLE numbered_rating RENAME TO rating;
  CREATE INDEX rating_day ON rating (rated_on);
  CREATE TABLE bad_review (
    rating_id TEXT PRIMARY KEY REFERENCES rating (id),
    hall_code TEXT NOT NULL,
    opened_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    is_open INTEGER NOT NULL,
    -- Still to be looked into, decided or put right.
    is_waiting INTEGER NOT NULL,
    excluded INTEGER NOT NULL,
    review TEXT NOT NULL
  ) STRICT;
  CREATE INDEX bad_review_due ON bad_review (is_open, due_on);
  CREATE TABLE bad_review_step (
    rating_id TEXT NOT NULL REFERENCES bad_review (rating_id),
    position INTEGER NOT NULL,
    at TEXT NOT NULL,
    office TEXT NOT NULL,
    officer TEXT NOT NULL,
    step TEXT NOT NULL,
    PRIMARY KEY (rating_id, position)
  ) STRICT;
  `,
  // Consultations and complaints. `answer_hash`: SHA-256 of the code that opens the answer.
  `
  CREATE TABLE enquiry (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    hall_code TEXT NOT NULL,
    -- Of a complaint, the hall that it is about.
    concerns TEXT,
    item_code TEXT,
    answer_hash TEXT NOT NULL UNIQUE,
    is_open INTEGER NOT NULL,
    due_on TEXT NOT NULL,
    standing TEXT NOT NULL,
    content TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    answer TEXT,
    received_at TEXT NOT NULL,
    received_on TEXT NOT NULL
  ) STRICT;
  CREATE INDEX enquiry_due ON enquiry (is_open, due_on);
  CREATE TABLE enquiry_act (
    enquiry_id TEXT NOT NULL REFERENCES enquiry (id),
    at TEXT NOT NULL,
    office TEXT NOT NULL,
    officer TEXT NOT NULL,
    act TEXT NOT NULL
  ) STRICT;
  CREATE INDEX enquiry_act_enquiry ON enquiry_act (enquiry_id);
  `,
  // What figures need of a case, without its content.
  `
  CREATE TABLE case_fact (
    case_id TEXT PRIMARY KEY REFERENCES case_record (id),
    hall_code TEXT NOT NULL,
    item_code TEXT NOT NULL,
    handed_in_on TEXT NOT NULL
  ) STRICT;
  INSERT INTO case_fact SELECT id, json_extract(content, '$.hallCode'), json_extract(content, '$.itemCode'), date(json_extract(content, '$.handedInAt'), '+8 hours') FROM case_record;
  CREATE INDEX case_fact_day ON case_fact (handed_in_on);
  `,
  // The hall beside its cases: who people are, their certificates, appointments, and windows that call numbers.
  `
  -- id: the code's hash, or the subject of the telephone that it came to.
  CREATE TABLE identity_code (
    id TEXT PRIMARY KEY,
    code_hash TEXT NOT NULL,
    subject TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_by TEXT,
    tries INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE certificate (
    id TEXT PRIMARY KEY,
    content TEXT NOT NULL,
    seal TEXT NOT NULL,
    state TEXT NOT NULL
  ) STRICT;
  CREATE TABLE certificate_user (
    subject TEXT NOT NULL,
    certificate_id TEXT NOT NULL REFERENCES certificate (id),
    PRIMARY KEY (subject, certificate_id)
  ) STRICT;
  -- Who looked at somebody's certificates; the order of the rows is that of the looks.
  CREATE TABLE certificate_call (
    subject TEXT NOT NULL,
    content TEXT NOT NULL
  ) STRICT;
  CREATE INDEX certificate_call_subject ON certificate_call (subject);
  -- Until the office has looked.
  CREATE TABLE certificate_showing (
    token_hash TEXT PRIMARY KEY,
    certificate_id TEXT NOT NULL REFERENCES certificate (id),
    subject TEXT NOT NULL,
    purpose TEXT NOT NULL,
    shown_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
  ) STRICT;
  -- Times are ISO 8601 in UTC. taken never exceeds capacity.
  CREATE TABLE appointment_slot (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL,
    hall_code TEXT NOT NULL,
    item TEXT,
    place TEXT NOT NULL,
    starts_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    capacity INTEGER NOT NULL,
    taken INTEGER NOT NULL CHECK (taken BETWEEN 0 AND capacity)
  ) STRICT;
  CREATE INDEX appointment_slot_hall ON appointment_slot (hall_code, starts_at);
  CREATE TABLE appointment (
    id TEXT PRIMARY KEY,
    slot_id TEXT NOT NULL REFERENCES appointment_slot (id),
    subject TEXT NOT NULL,
    item TEXT NOT NULL,
    case_id TEXT REFERENCES case_record (id),
    state TEXT NOT NULL,
    ticket_id TEXT UNIQUE
  ) STRICT;
  CREATE INDEX appointment_subject ON appointment (subject);
  CREATE INDEX appointment_slot_id ON appointment (slot_id);
  CREATE TABLE queue_hall (hall_code TEXT PRIMARY KEY, office TEXT NOT NULL, content TEXT NOT NULL) STRICT;
  CREATE TABLE queue_window (
    hall_code TEXT NOT NULL,
    number TEXT NOT NULL,
    office TEXT NOT NULL,
    open INTEGER NOT NULL,
    queues TEXT NOT NULL,
    run INTEGER NOT NULL,
    PRIMARY KEY (hall_code, number)
  ) STRICT;
  -- What windows did with a ticket; without a row it waits as it was taken.
  CREATE TABLE queue_call (
    ticket_id TEXT PRIMARY KEY REFERENCES queue_ticket (id),
    queue TEXT NOT NULL,
    state TEXT NOT NULL,
    since TEXT NOT NULL,
    window_number TEXT,
    calls INTEGER NOT NULL,
    called_at TEXT,
    finished_at TEXT
  ) STRICT;
  `,
  // Parcels, bills and sealed documents of cases: from 1 for each case.
  `
  CREATE TABLE side_record (
    case_id TEXT NOT NULL REFERENCES case_record (id),
    position INTEGER NOT NULL,
    content TEXT NOT NULL,
    office TEXT NOT NULL,
    officer TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (case_id, position)
  ) STRICT;
  `,
  // Steps of cases for supervision: from 1 for each hall, without gaps.
  `
  CREATE TABLE supervised_step (
    hall_code TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (hall_code, sequence)
  ) STRICT;
  `,
  // Packages for other regions (out) and from them (in), with what was acknowledged.
  `
  CREATE TABLE hand_over (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES case_record (id),
    direction TEXT NOT NULL,
    manifest TEXT NOT NULL,
    manifest_hash TEXT NOT NULL,
    payload TEXT NOT NULL,
    content TEXT NOT NULL,
    at TEXT NOT NULL,
    peer_number TEXT,
    acknowledged_at TEXT
  ) STRICT;
  CREATE INDEX hand_over_case ON hand_over (case_id);
  `,
  // What departments were asked about cases and have to look up.
  `
  CREATE TABLE data_request (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES case_record (id),
    department TEXT NOT NULL,
    name TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    outcome TEXT,
    UNIQUE (case_id, name)
  ) STRICT;
  CREATE INDEX data_request_open ON data_request (department, asked_at) WHERE outcome IS NULL;
  `,
  // 一件事: each part is a case of its own office, and needs some of the pages that came with the whole.
  `
  ALTER TABLE case_record ADD COLUMN parent_id TEXT REFERENCES case_record (id);
  CREATE INDEX case_record_parent ON case_record (parent_id) WHERE parent_id IS NOT NULL;
  CREATE TABLE part_page (
    case_id TEXT NOT NULL REFERENCES case_record (id),
    page_id TEXT NOT NULL REFERENCES page (id),
    PRIMARY KEY (case_id, page_id)
  ) STRICT;
  -- What a hall granted, as everybody may read it; from 1 for each hall.
  CREATE TABLE public_result (
    hall_code TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    case_id TEXT NOT NULL UNIQUE REFERENCES case_record (id),
    content TEXT NOT NULL,
    PRIMARY KEY (hall_code, sequence)
  ) STRICT;
  CREATE TABLE sealed_document (
    document TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    seal TEXT NOT NULL,
    sealed_at TEXT NOT NULL,
    PRIMARY KEY (document, sha256)
  ) STRICT;
  INSERT INTO sealed_document
    SELECT json_extract(content, '$.document'), json_extract(content, '$.sha256'), json_extract(content, '$.name'), json_extract(content, '$.seal'), json_extract(content, '$.at')
    FROM side_record WHERE json_extract(content, '$.kind') = 'seal' ON CONFLICT DO NOTHING;
  -- Packages that did not arrive as they were packed, as either side knows it.
  CREATE TABLE hand_over_mismatch (
    package_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    direction TEXT NOT NULL,
    part TEXT NOT NULL,
    at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX hand_over_mismatch_case ON hand_over_mismatch (case_id);
  `,
  `
  -- What people thought of guides. Nothing here says who, at which kiosk or at what time of the day.
  CREATE TABLE guide_rating (
    id TEXT PRIMARY KEY,
    hall_code TEXT NOT NULL,
    item_code TEXT NOT NULL,
    item_version INTEGER NOT NULL,
    level TEXT NOT NULL,
    rated_on TEXT NOT NULL
  ) STRICT;
  CREATE INDEX guide_rating_day ON guide_rating (rated_on, hall_code);
  `,
  // What checks over the network said before a hand-in; it counts for that case and that person only.
  `
  CREATE TABLE network_check (
    case_id TEXT NOT NULL,
    material TEXT NOT NULL,
    subject TEXT NOT NULL,
    item_code TEXT NOT NULL,
    kiosk_id TEXT NOT NULL,
    name TEXT NOT NULL,
    outcome TEXT NOT NULL,
    source TEXT NOT NULL,
    checked_at TEXT NOT NULL,
    PRIMARY KEY (case_id, material, subject)
  ) STRICT;
  `,
];
