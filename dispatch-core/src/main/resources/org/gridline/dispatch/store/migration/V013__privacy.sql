-- Why: people are forgotten on request or when their time is over, by two, with a record of it; who looked at whom says
-- what for; and a caller can be told which units opened their case.

ALTER TABLE access_look ADD COLUMN purpose text NOT NULL DEFAULT 'unstated';

-- Somebody who called from two numbers is one person; taken back by emptying the column.
ALTER TABLE person ADD COLUMN merged_into bigint REFERENCES person CHECK (merged_into <> id);
CREATE INDEX person_merged ON person (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX person_age ON person (created_at) WHERE erased_at IS NULL;

CREATE TABLE person_merge (
  id        bigint PRIMARY KEY,
  kept      bigint NOT NULL REFERENCES person,
  merged    bigint NOT NULL REFERENCES person,
  by_user   bigint NOT NULL,
  at        timestamptz NOT NULL,
  undone_by bigint,
  undone_at timestamptz,
  CHECK (kept <> merged),
  CHECK ((undone_by IS NULL) = (undone_at IS NULL))
);

-- Who is to be forgotten, who asked for it and who decided; never the same. Holds no personal data.
CREATE TABLE erasure (
  id           bigint PRIMARY KEY,
  person_id    bigint NOT NULL,
  ground       text NOT NULL,
  requested_by bigint,
  rule         text,
  requested_at timestamptz NOT NULL,
  state        text NOT NULL CHECK (state IN ('REQUESTED','REFUSED','APPROVED','DONE')),
  decided_by   bigint,
  decided_at   timestamptz,
  done_at      timestamptz,
  CHECK ((requested_by IS NULL) <> (rule IS NULL)),
  CHECK (decided_by IS DISTINCT FROM requested_by OR decided_by IS NULL),
  CHECK (state = 'REQUESTED' OR decided_at IS NOT NULL)
);
CREATE UNIQUE INDEX erasure_pending ON erasure (person_id) WHERE state = 'REQUESTED';
CREATE INDEX erasure_going_on ON erasure (id) WHERE state = 'APPROVED';

-- Who opened a case: one row for each person and ticket.
CREATE TABLE ticket_opened (
  ticket_id bigint NOT NULL,
  user_id   bigint NOT NULL,
  unit      text,
  first_at  timestamptz NOT NULL,
  last_at   timestamptz NOT NULL,
  PRIMARY KEY (ticket_id, user_id)
);

-- What the rules of retention did.
CREATE TABLE retention_run (
  id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at   timestamptz NOT NULL,
  kind text NOT NULL,
  gone int NOT NULL
);
