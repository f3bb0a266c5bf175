-- Why: clocks act by themselves. What a clock has fired stands in its own row, as the moment for which it fired: when a
-- pause, an extension or a restart moves that moment, it is a new one and fires again; when nothing moved it, nothing
-- fires twice. next_at follows from the row and can't be forgotten by whoever moves a clock.

ALTER TABLE deadline
  ADD COLUMN warned_for timestamptz,
  ADD COLUMN overdue_for timestamptz,
  ADD COLUMN escalate_at timestamptz,
  ADD COLUMN level smallint NOT NULL DEFAULT 0 CHECK (level >= 0);
ALTER TABLE deadline
  ADD COLUMN next_at timestamptz GENERATED ALWAYS AS (
    CASE WHEN paused_at IS NOT NULL THEN NULL
         WHEN overdue_for = due_at THEN escalate_at
         WHEN warned_for = warn_at THEN due_at
         ELSE warn_at END) STORED;
CREATE INDEX deadline_next ON deadline (next_at) WHERE next_at IS NOT NULL;
-- No query orders by it; the one above takes its place.
DROP INDEX deadline_due;

-- Who is to be told what. A row is for everybody of its audience until one of them acknowledges it. Audience words:
-- 'r:ROLE', 'u:UNIT', 'u:UNIT/r:ROLE', 'p:USER'. No personal data: the ticket is named, not told.
CREATE TABLE notice (
  id              bigint PRIMARY KEY,
  ticket_id       bigint NOT NULL,
  version         int NOT NULL,
  rule            text NOT NULL,
  occasion        text NOT NULL,
  clock           text,
  level           smallint NOT NULL,
  due_at          timestamptz,
  audience        text[] NOT NULL CHECK (cardinality(audience) > 0),
  -- From then on it is shown; a reminder moves it.
  shown_at        timestamptz NOT NULL,
  quiet           boolean NOT NULL,
  created_at      timestamptz NOT NULL,
  reminders       int NOT NULL DEFAULT 0,
  remind_at       timestamptz,
  repeat_seconds  int,
  most_reminders  int NOT NULL,
  next_audience   text[] NOT NULL,
  acknowledged_by bigint,
  acknowledged_at timestamptz,
  UNIQUE (ticket_id, version, rule),
  CHECK ((acknowledged_by IS NULL) = (acknowledged_at IS NULL)),
  CHECK (remind_at IS NULL OR repeat_seconds > 0)
);
CREATE INDEX notice_open ON notice USING gin (audience) WHERE acknowledged_at IS NULL;
CREATE INDEX notice_remind ON notice (remind_at) WHERE remind_at IS NOT NULL AND acknowledged_at IS NULL;
CREATE INDEX notice_age ON notice (created_at);
