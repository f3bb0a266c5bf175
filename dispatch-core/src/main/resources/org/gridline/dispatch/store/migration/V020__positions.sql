-- Why: the command centre has to know where its workers are while they are on a task or in an emergency, and at no other
-- time; and what is known of people's ways must go by itself, soon and wholly.

-- One partition a day (UTC). A day that is over its time is dropped whole: no dead rows, and nothing left in the pages.
CREATE TABLE worker_track (
  user_id   bigint NOT NULL,
  at        timestamptz NOT NULL,
  lon       float8 NOT NULL CHECK (lon BETWEEN -180 AND 180),
  lat       float8 NOT NULL CHECK (lat BETWEEN -90 AND 90),
  accuracy  float8 CHECK (accuracy >= 0),
  flag      text NOT NULL,
  -- Why it was taken: 'task', or 'emergency:' and which one.
  ground    text NOT NULL,
  stored_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, at)
) PARTITION BY RANGE (at);

-- Where each worker is now: one row a worker, changed in place.
CREATE TABLE worker_position (
  user_id   bigint PRIMARY KEY,
  at        timestamptz NOT NULL,
  lon       float8 NOT NULL,
  lat       float8 NOT NULL,
  accuracy  float8,
  areas     text[] NOT NULL,
  unit      text,
  ground    text NOT NULL,
  stored_at timestamptz NOT NULL
) WITH (fillfactor = 40);

-- 应急状态. A declaration and its end are two rows that stay as they are, with who said so.
CREATE TABLE emergency (
  id          bigint PRIMARY KEY,
  areas       text[] NOT NULL CHECK (cardinality(areas) > 0),
  why         text NOT NULL CHECK (length(why) BETWEEN 2 AND 200),
  declared_by bigint NOT NULL,
  declared_at timestamptz NOT NULL,
  until_at    timestamptz NOT NULL,
  CHECK (until_at > declared_at)
);
CREATE INDEX emergency_until ON emergency (until_at);
CREATE TABLE emergency_end (
  emergency_id bigint PRIMARY KEY REFERENCES emergency,
  ended_by     bigint NOT NULL,
  ended_at     timestamptz NOT NULL
);

-- Who looked at whose track, which part of it and what for.
CREATE TABLE track_look (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id bigint NOT NULL,
  worker  bigint NOT NULL,
  purpose text NOT NULL,
  from_at timestamptz NOT NULL,
  to_at   timestamptz NOT NULL,
  at      timestamptz NOT NULL
);
CREATE INDEX track_look_user ON track_look (user_id, id);
CREATE INDEX track_look_worker ON track_look (worker, id);

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['emergency', 'emergency_end', 'track_look'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION history_stays()',
                   t || '_stays', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION history_stays()',
                   t || '_kept', t);
  END LOOP;
END $$;

-- Makes the days from the first to the last one and drops those before; tells how many were dropped. The server's role owns
-- no table, so this runs as the owner, for whoever may write tracks at all. A waiting lock must not hold up the writers
-- behind it: the next round tries again.
CREATE FUNCTION keep_track_days(first date, last date) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  day date;
  old record;
  gone int := 0;
BEGIN
  IF NOT has_table_privilege(session_user, 'worker_track', 'DELETE') THEN
    RAISE EXCEPTION 'only for whoever keeps tracks' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF last < first OR last - first > 400 THEN
    RAISE EXCEPTION 'tracks are kept for a year at most' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('keep_track_days'), hashtext(current_schema()));
  FOR old IN
    SELECT c.oid::regclass AS name, to_date(right(c.relname, 8), 'YYYYMMDD') AS day
      FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = 'worker_track'::regclass
  LOOP
    IF old.day < first THEN
      EXECUTE format('DROP TABLE %s', old.name);
      gone := gone + 1;
    END IF;
  END LOOP;
  day := first;
  WHILE day <= last LOOP
    IF to_regclass('worker_track_' || to_char(day, 'YYYYMMDD')) IS NULL THEN
      EXECUTE format('CREATE TABLE %I PARTITION OF worker_track FOR VALUES FROM (%L) TO (%L)',
                     'worker_track_' || to_char(day, 'YYYYMMDD'), day || ' 00:00:00+00', (day + 1) || ' 00:00:00+00');
    END IF;
    day := day + 1;
  END LOOP;
  RETURN gone;
END $$;
DO $$
BEGIN
  EXECUTE format('ALTER FUNCTION keep_track_days(date, date) SECURITY DEFINER SET search_path = %I, pg_catalog, pg_temp',
                 current_schema());
  ALTER FUNCTION keep_track_days(date, date) SET lock_timeout = '2s';
END $$;
