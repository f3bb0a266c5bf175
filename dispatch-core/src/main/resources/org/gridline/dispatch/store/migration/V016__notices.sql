-- Why: people are told of the steps that others take as well as of clocks, by other means than the bell, until one of
-- them acknowledges, level by level.

-- Up to which position of the log everybody was told. The log is the outbox: a step is told of in the statement that moves
-- this place past it, so each is told of once, whoever does it and whatever stops in between. What happened before the
-- update is not told of afterwards.
CREATE TABLE notice_head (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  last_seq bigint NOT NULL
);
INSERT INTO notice_head (last_seq) SELECT last_seq FROM seal_head;

ALTER TABLE notice
  -- Where the ticket stood, for what a step tells: once it stands elsewhere, the notice is over.
  ADD COLUMN state      text,
  ADD COLUMN over_at    timestamptz,
  -- The ticket whose step it was, when this is told of another one, into which it was merged.
  ADD COLUMN cause      bigint,
  ADD COLUMN told_level smallint NOT NULL DEFAULT 0,
  -- Reminders before the next level is told; most_reminders is when that is.
  ADD COLUMN each_level int NOT NULL DEFAULT 0,
  -- Ways beside the bell, and since when they wait to be told.
  ADD COLUMN means      text[] NOT NULL DEFAULT '{}',
  ADD COLUMN send_at    timestamptz,
  ADD CHECK (send_at IS NULL OR cardinality(means) > 0);
-- From now on one element is a level, its words between blanks.
UPDATE notice
   SET each_level = most_reminders,
       next_audience = CASE WHEN cardinality(next_audience) > 0 THEN ARRAY[array_to_string(next_audience, ' ')] ELSE '{}' END;
ALTER TABLE notice DROP CONSTRAINT notice_ticket_id_version_rule_key;
CREATE UNIQUE INDEX notice_once ON notice (ticket_id, version, rule, COALESCE(cause, 0));

DROP INDEX notice_open, notice_remind;
CREATE INDEX notice_open ON notice USING gin (audience) WHERE acknowledged_at IS NULL AND over_at IS NULL;
CREATE INDEX notice_remind ON notice (remind_at)
  WHERE remind_at IS NOT NULL AND acknowledged_at IS NULL AND over_at IS NULL;
CREATE INDEX notice_send ON notice (send_at) WHERE send_at IS NOT NULL;
CREATE INDEX notice_open_ticket ON notice (ticket_id)
  WHERE state IS NOT NULL AND acknowledged_at IS NULL AND over_at IS NULL;

-- By what people are reached beside the bell; everybody says it for themselves.
CREATE TABLE notice_address (
  user_id bigint NOT NULL REFERENCES app_user,
  means   text NOT NULL,
  address text NOT NULL CHECK (length(address) BETWEEN 3 AND 254),
  set_at  timestamptz NOT NULL,
  PRIMARY KEY (user_id, means)
);

-- What goes out, one row a person, a means and a showing. Whoever sends it holds it until next_at; a node that died leaves
-- it to another one. No address and no text stands here.
CREATE TABLE notice_message (
  id         bigint PRIMARY KEY,
  notice_id  bigint NOT NULL REFERENCES notice ON DELETE CASCADE,
  showing    int NOT NULL,
  user_id    bigint NOT NULL,
  means      text NOT NULL,
  state      text NOT NULL DEFAULT 'WAITING' CHECK (state IN ('WAITING','SENDING','SENT','FAILED','DROPPED')),
  tries      int NOT NULL DEFAULT 0,
  next_at    timestamptz,
  why        text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL,
  settled_at timestamptz,
  UNIQUE (notice_id, showing, user_id, means),
  CHECK ((state IN ('WAITING','SENDING')) = (next_at IS NOT NULL)),
  CHECK ((settled_at IS NULL) = (next_at IS NOT NULL))
);
CREATE INDEX notice_message_due ON notice_message (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX notice_message_failed ON notice_message (settled_at) WHERE state = 'FAILED';
