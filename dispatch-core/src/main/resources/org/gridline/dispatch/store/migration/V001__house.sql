-- Why: the whole house in its first form. PostgreSQL is the truth; everything else is a projection of it.
--
-- Ids are time-ordered: milliseconds since 2026-01-01 UTC, shifted left by 13 bits (4 bits node, 9 bits counter), so
-- that they stay below 2^53. Tickets and their events are partitioned by ticket id, one partition a year, so the
-- primary key is the id and old years can be detached. The default partitions make sure that nothing is ever refused.

CREATE EXTENSION IF NOT EXISTS postgis;

CREATE SEQUENCE ticket_number INCREMENT 100;
CREATE SEQUENCE node_number;

-- People who sign in.
CREATE TABLE app_user (
  id            bigint PRIMARY KEY,
  login         text NOT NULL UNIQUE CHECK (length(login) BETWEEN 1 AND 100),
  name_zh       text NOT NULL,
  name_en       text NOT NULL,
  unit          text,
  areas         text[] NOT NULL,
  roles         text[] NOT NULL,
  password_hash text NOT NULL,
  failures      int NOT NULL DEFAULT 0,
  locked_until  timestamptz,
  disabled_at   timestamptz
);

CREATE TABLE app_session (
  token_hash bytea PRIMARY KEY,
  user_id    bigint NOT NULL REFERENCES app_user,
  csrf       text NOT NULL,
  opened_at  timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz
);
CREATE INDEX app_session_user ON app_session (user_id);

CREATE TABLE setup_link (
  token_hash bytea PRIMARY KEY,
  expires_at timestamptz NOT NULL,
  used_at    timestamptz
);

-- Personal data stands apart from tickets and events, sealed with a key per person. Without wrapped_key it is gone.
CREATE TABLE person (
  id          bigint PRIMARY KEY,
  wrapped_key bytea,
  phone_mac   bytea,
  sealed      bytea,
  created_at  timestamptz NOT NULL,
  erased_at   timestamptz,
  CHECK ((erased_at IS NULL) = (wrapped_key IS NOT NULL))
);
CREATE INDEX person_phone ON person (phone_mac) WHERE phone_mac IS NOT NULL;

CREATE TABLE words (
  id         bigint PRIMARY KEY,
  person_id  bigint NOT NULL,
  sealed     bytea NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX words_person ON words (person_id);

-- Boundaries as they were imported; a version is there once its row is there.
CREATE TABLE boundary_version (
  version      text PRIMARY KEY,
  activated_at timestamptz NOT NULL
);
CREATE TABLE boundary_area (
  version text NOT NULL,
  layer   text NOT NULL,
  code    text NOT NULL,
  name    text NOT NULL,
  parent  text,
  shape   geometry(Geometry, 4326) NOT NULL,
  PRIMARY KEY (version, layer, code)
);

CREATE TABLE ticket (
  id               bigint NOT NULL,
  number           text NOT NULL,
  state            text NOT NULL CHECK (state IN (
                     'REGISTERED','PENDING_FILING','PENDING_DISPATCH','PENDING_SIGN','RETURN_REVIEW','HANDLING',
                     'FEEDBACK_REVIEW','CHECKING','REVISITING','PENDING_CLOSE','CLOSED')),
  version          int NOT NULL CHECK (version > 0),
  channel          text NOT NULL,
  type             text NOT NULL,
  urgency          text NOT NULL,
  category_kind    text,
  category_code    text,
  position         geometry(Point, 4326),
  raw_lon          float8,
  raw_lat          float8,
  raw_crs          text,
  place_flag       text NOT NULL,
  boundary_metres  float8,
  boundary_version text NOT NULL,
  area_roles       text[] NOT NULL,
  areas            text[] NOT NULL,
  area_names       text[] NOT NULL,
  unit             text,
  ground           text,
  person_id        bigint NOT NULL,
  words_id         bigint NOT NULL,
  reporter         text NOT NULL,
  reworks          int NOT NULL,
  returns          int NOT NULL,
  revisit_tries    int NOT NULL,
  returned_from    text,
  handlers         bigint[] NOT NULL,
  checkers         bigint[] NOT NULL,
  registered_at    timestamptz NOT NULL,
  updated_at       timestamptz NOT NULL,
  head_hash        bytea NOT NULL,
  PRIMARY KEY (id),
  CHECK ((unit IS NULL) = (ground IS NULL)),
  -- A ticket that somebody must handle has an owner; one that waits for its owner has none.
  CHECK (unit IS NOT NULL OR state IN ('REGISTERED','PENDING_FILING','PENDING_DISPATCH'))
) PARTITION BY RANGE (id);
CREATE INDEX ticket_number_prefix ON ticket (number text_pattern_ops);
CREATE INDEX ticket_open_unit ON ticket (unit) WHERE state <> 'CLOSED';
CREATE INDEX ticket_open_areas ON ticket USING gin (areas) WHERE state <> 'CLOSED';
CREATE INDEX ticket_open_position ON ticket USING gist (position) WHERE state <> 'CLOSED';

-- The event row is the audit row and the outbox. It holds no personal data: words_commit is a salted commitment to the
-- text that stands, sealed, in words.
CREATE TABLE ticket_event (
  ticket_id    bigint NOT NULL,
  version      int NOT NULL,
  id           bigint NOT NULL,
  xid          xid8 NOT NULL DEFAULT pg_current_xact_id(),
  kind         text NOT NULL,
  at           timestamptz NOT NULL,
  user_id      bigint,
  user_unit    text,
  rule         text,
  state_before text,
  state_after  text NOT NULL,
  unit_before  text,
  unit_after   text,
  words_id     bigint,
  words_commit bytea,
  data         text NOT NULL,
  prev_hash    bytea NOT NULL,
  hash         bytea NOT NULL,
  PRIMARY KEY (ticket_id, version),
  CHECK ((user_id IS NULL) <> (rule IS NULL)),
  CHECK ((words_id IS NULL) = (words_commit IS NULL))
) PARTITION BY RANGE (ticket_id);
-- The sealer's order.
CREATE INDEX ticket_event_order ON ticket_event (xid, id);

DO $$
DECLARE
  first bigint;
  next bigint;
BEGIN
  FOR year IN 2026..2031 LOOP
    first := (extract(epoch FROM make_timestamptz(year, 1, 1, 0, 0, 0, 'UTC')) * 1000 - 1767225600000)::bigint << 13;
    next := (extract(epoch FROM make_timestamptz(year + 1, 1, 1, 0, 0, 0, 'UTC')) * 1000 - 1767225600000)::bigint << 13;
    EXECUTE format('CREATE TABLE ticket_%s PARTITION OF ticket FOR VALUES FROM (%s) TO (%s)', year, first, next);
    EXECUTE format(
      'CREATE TABLE ticket_event_%s PARTITION OF ticket_event FOR VALUES FROM (%s) TO (%s)', year, first, next);
  END LOOP;
END $$;
CREATE TABLE ticket_rest PARTITION OF ticket DEFAULT;
CREATE TABLE ticket_event_rest PARTITION OF ticket_event DEFAULT;

-- Clocks that run or are paused; a stopped clock has no row, its history stands in the events.
CREATE TABLE deadline (
  ticket_id  bigint NOT NULL,
  clock      text NOT NULL,
  unit       text NOT NULL,
  started_at timestamptz NOT NULL,
  warn_at    timestamptz NOT NULL,
  due_at     timestamptz NOT NULL,
  paused_at  timestamptz,
  PRIMARY KEY (ticket_id, clock),
  CHECK (due_at >= warn_at)
);
CREATE INDEX deadline_due ON deadline (due_at) WHERE paused_at IS NULL;

-- What each key was answered with, kept for a week. The answer repeats the report's words, so it is sealed like them.
CREATE TABLE idempotency (
  client     bigint NOT NULL,
  key        text NOT NULL,
  body_hash  text NOT NULL,
  ticket_id  bigint NOT NULL,
  person_id  bigint NOT NULL,
  answer     bytea NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (client, key)
);
CREATE INDEX idempotency_age ON idempotency (created_at);

-- Who looked at a caller's identity.
CREATE TABLE access_look (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  ticket_id bigint NOT NULL,
  user_id   bigint NOT NULL,
  reason    text NOT NULL,
  at        timestamptz NOT NULL
);

-- The one order of all events: a block lists the events of one round of the sealer, and the n-th of them has position
-- first_seq + n - 1. hash covers the previous block and the events' hashes.
CREATE TABLE event_block (
  number    bigint PRIMARY KEY,
  first_seq bigint NOT NULL UNIQUE,
  last_seq  bigint NOT NULL UNIQUE,
  tickets   bigint[] NOT NULL,
  versions  int[] NOT NULL,
  last_xid  xid8 NOT NULL,
  last_id   bigint NOT NULL,
  hash      bytea NOT NULL,
  sealed_at timestamptz NOT NULL,
  UNIQUE (last_xid, last_id),
  CHECK (cardinality(tickets) = last_seq - first_seq + 1 AND cardinality(versions) = cardinality(tickets))
);

CREATE TABLE seal_head (
  only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  epoch      text NOT NULL,
  last_xid   xid8 NOT NULL,
  last_id    bigint NOT NULL,
  last_seq   bigint NOT NULL,
  last_block bigint NOT NULL,
  last_hash  bytea NOT NULL
);
INSERT INTO seal_head VALUES (true, gen_random_uuid()::text, '0', 0, 0, 0, '\x');

-- Gives positions to events whose order can't change any more: those of transactions older than every running one.
-- The probe without a lock keeps an idle sealer from writing anything.
CREATE FUNCTION seal_events(most int, at timestamptz) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  head seal_head;
  fresh record;
BEGIN
  SELECT * INTO head FROM seal_head;
  PERFORM 1 FROM ticket_event e
   WHERE (e.xid, e.id) > (head.last_xid, head.last_id) AND e.xid < pg_snapshot_xmin(pg_current_snapshot()) LIMIT 1;
  IF NOT FOUND THEN RETURN 0; END IF;

  SELECT * INTO head FROM seal_head FOR UPDATE;
  SELECT count(*) AS n,
         array_agg(o.ticket_id ORDER BY o.xid, o.id) AS tickets,
         array_agg(o.version ORDER BY o.xid, o.id) AS versions,
         string_agg(o.hash, ''::bytea ORDER BY o.xid, o.id) AS hashes,
         (array_agg(o.xid::text ORDER BY o.xid DESC, o.id DESC))[1]::xid8 AS last_xid,
         (array_agg(o.id ORDER BY o.xid DESC, o.id DESC))[1] AS last_id
    INTO fresh
    FROM (SELECT e.ticket_id, e.version, e.hash, e.xid, e.id
            FROM ticket_event e
           WHERE (e.xid, e.id) > (head.last_xid, head.last_id)
             AND e.xid < pg_snapshot_xmin(pg_current_snapshot())
           ORDER BY e.xid, e.id
           LIMIT most) o;
  IF fresh.n = 0 THEN RETURN 0; END IF;

  INSERT INTO event_block (number, first_seq, last_seq, tickets, versions, last_xid, last_id, hash, sealed_at)
  VALUES (head.last_block + 1, head.last_seq + 1, head.last_seq + fresh.n, fresh.tickets, fresh.versions,
          fresh.last_xid, fresh.last_id, sha256(head.last_hash || fresh.hashes), at);
  UPDATE seal_head
     SET last_xid = fresh.last_xid, last_id = fresh.last_id, last_seq = last_seq + fresh.n,
         last_block = last_block + 1, last_hash = sha256(head.last_hash || fresh.hashes);
  RETURN fresh.n;
END $$;

-- What must never happen: history does not change.
CREATE FUNCTION history_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'history does not change' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER ticket_event_stays BEFORE UPDATE OR DELETE ON ticket_event
  FOR EACH ROW EXECUTE FUNCTION history_stays();
CREATE TRIGGER ticket_event_kept BEFORE TRUNCATE ON ticket_event
  FOR EACH STATEMENT EXECUTE FUNCTION history_stays();
CREATE TRIGGER event_block_stays BEFORE UPDATE OR DELETE ON event_block
  FOR EACH ROW EXECUTE FUNCTION history_stays();
CREATE TRIGGER event_block_kept BEFORE TRUNCATE ON event_block
  FOR EACH STATEMENT EXECUTE FUNCTION history_stays();
CREATE TRIGGER access_look_stays BEFORE UPDATE OR DELETE ON access_look
  FOR EACH ROW EXECUTE FUNCTION history_stays();
CREATE TRIGGER access_look_kept BEFORE TRUNCATE ON access_look
  FOR EACH STATEMENT EXECUTE FUNCTION history_stays();
