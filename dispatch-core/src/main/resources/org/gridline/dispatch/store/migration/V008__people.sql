-- Why: people are managed by three administrators who exclude each other (三员分立), every change of an account can be read
-- by the third of them, and administrators sign in with a second factor.

ALTER TABLE app_user
  ADD COLUMN version     int NOT NULL DEFAULT 1,
  ADD COLUMN created_at  timestamptz NOT NULL DEFAULT now(),
  -- Accounts of before count as fresh, or everybody would have to change their password on the day of the update.
  ADD COLUMN password_at timestamptz NOT NULL DEFAULT now(),
  ADD COLUMN deleted_at  timestamptz,
  -- The second factor's secret, sealed with a key of its own, and the one that is being set up.
  ADD COLUMN totp_key    bytea,
  ADD COLUMN totp_sealed bytea,
  ADD COLUMN totp_new    bytea,
  -- The last time step whose code was used; none is good twice, on whichever server.
  ADD COLUMN totp_step   bigint NOT NULL DEFAULT 0,
  ADD CHECK (deleted_at IS NULL OR disabled_at IS NOT NULL),
  ADD CHECK (totp_key IS NOT NULL OR (totp_sealed IS NULL AND totp_new IS NULL)),
  -- Wrong passwords are counted in sign_in_failure, for names that don't exist as well.
  DROP COLUMN failures,
  DROP COLUMN locked_until;
CREATE INDEX app_user_unit ON app_user (unit) WHERE disabled_at IS NULL;

ALTER TABLE app_session
  ADD COLUMN id    bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  ADD COLUMN agent text NOT NULL DEFAULT '' CHECK (length(agent) <= 200);

-- A lock that only existing accounts had would tell who exists. The key is a keyed digest: people type passwords into the
-- field of the name.
CREATE TABLE sign_in_failure (
  login_mac    bytea PRIMARY KEY,
  failures     int NOT NULL,
  last_at      timestamptz NOT NULL,
  locked_until timestamptz
);
CREATE INDEX sign_in_failure_age ON sign_in_failure (last_at);

CREATE TABLE password_past (
  user_id       bigint NOT NULL REFERENCES app_user,
  set_at        timestamptz NOT NULL,
  password_hash text NOT NULL,
  PRIMARY KEY (user_id, set_at)
);

-- A link by which somebody sets their own password, so that no administrator ever knows one.
CREATE TABLE password_link (
  token_hash bytea PRIMARY KEY,
  user_id    bigint NOT NULL REFERENCES app_user,
  expires_at timestamptz NOT NULL,
  used_at    timestamptz
);
CREATE INDEX password_link_user ON password_link (user_id);

CREATE TABLE recovery_code (
  user_id   bigint NOT NULL REFERENCES app_user,
  code_hash bytea NOT NULL,
  used_at   timestamptz,
  PRIMARY KEY (user_id, code_hash)
);

-- What the security administrator decided about signing in; without a row the defaults of the program hold. The bounds
-- are those below which nobody may go.
CREATE TABLE sign_in_policy (
  only_row       boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  version        int NOT NULL,
  least_length   int NOT NULL CHECK (least_length BETWEEN 8 AND 128),
  history        int NOT NULL CHECK (history BETWEEN 0 AND 24),
  rotation_days  int NOT NULL CHECK (rotation_days BETWEEN 0 AND 3650),
  most_failures  int NOT NULL CHECK (most_failures BETWEEN 3 AND 20),
  lock_minutes   int NOT NULL CHECK (lock_minutes BETWEEN 1 AND 1440),
  session_hours  int NOT NULL CHECK (session_hours BETWEEN 1 AND 24),
  second_factor  text NOT NULL CHECK (second_factor IN ('OPTIONAL','ADMINISTRATORS','EVERYBODY'))
);

-- Which roles of the pack are administrators; kept up to date by the servers as they start.
CREATE TABLE admin_role (
  role text PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('SYSTEM','SECURITY','AUDIT'))
);

-- One link for the first administrator of each kind.
ALTER TABLE setup_link ADD COLUMN kind text NOT NULL DEFAULT 'SYSTEM' CHECK (kind IN ('SYSTEM','SECURITY','AUDIT'));
DELETE FROM setup_link WHERE used_at IS NULL;

-- What one administrator proposes and another one decides.
CREATE TABLE people_request (
  id          bigint PRIMARY KEY,
  kind        text NOT NULL,
  subject     bigint NOT NULL REFERENCES app_user,
  version     int NOT NULL,
  data        jsonb NOT NULL,
  why         text NOT NULL,
  proposed_by bigint NOT NULL REFERENCES app_user,
  proposed_at timestamptz NOT NULL,
  expires_at  timestamptz NOT NULL,
  decided_by  bigint REFERENCES app_user,
  decided_at  timestamptz,
  outcome     text CHECK (outcome IN ('CONFIRMED','REFUSED')),
  CONSTRAINT people_request_two_persons CHECK (
    proposed_by <> subject AND (outcome IS DISTINCT FROM 'CONFIRMED' OR (decided_by <> proposed_by AND decided_by <> subject))),
  CHECK ((decided_by IS NULL) = (decided_at IS NULL) AND (decided_at IS NULL) = (outcome IS NULL))
);
CREATE INDEX people_request_open ON people_request (expires_at) WHERE decided_at IS NULL;

-- Who did what to an account, with what was there before and after. Written in the statement that makes the change.
CREATE TABLE people_log (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at      timestamptz NOT NULL,
  kind    text NOT NULL,
  actor   bigint,
  subject bigint,
  request bigint,
  before  jsonb NOT NULL DEFAULT '{}',
  after   jsonb NOT NULL DEFAULT '{}',
  why     text NOT NULL DEFAULT ''
);
CREATE INDEX people_log_subject ON people_log (subject, id);
CREATE INDEX people_log_actor ON people_log (actor, id);
CREATE TRIGGER people_log_stays BEFORE UPDATE OR DELETE ON people_log
  FOR EACH ROW EXECUTE FUNCTION history_stays();
CREATE TRIGGER people_log_kept BEFORE TRUNCATE ON people_log
  FOR EACH STATEMENT EXECUTE FUNCTION history_stays();
-- Histories name users, so users stay, also those who may not come in any more.
CREATE TRIGGER app_user_stays BEFORE DELETE ON app_user
  FOR EACH ROW EXECUTE FUNCTION history_stays();

-- What must never happen: one person with two of the three offices, or with one of them and a business role.
CREATE FUNCTION roles_apart() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  kinds int;
  administers int;
BEGIN
  SELECT count(DISTINCT a.kind), count(*) INTO kinds, administers FROM admin_role a WHERE a.role = ANY (NEW.roles);
  IF kinds > 1 OR (kinds = 1 AND administers < (SELECT count(DISTINCT r) FROM unnest(NEW.roles) r)) THEN
    RAISE EXCEPTION 'administrators exclude each other and every other role'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'app_user_roles_apart';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER app_user_roles_apart BEFORE INSERT OR UPDATE OF roles ON app_user
  FOR EACH ROW EXECUTE FUNCTION roles_apart();

-- Nor a city without an administrator of a kind that it had. The lock makes two who show each other out at once queue.
CREATE FUNCTION administrators_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  lost text;
BEGIN
  IF OLD.disabled_at IS NOT NULL THEN RETURN NULL; END IF;
  SELECT a.kind INTO lost FROM admin_role a WHERE a.role = ANY (OLD.roles) LIMIT 1;
  IF lost IS NULL THEN RETURN NULL; END IF;
  PERFORM pg_advisory_xact_lock(7012008);
  PERFORM 1 FROM app_user u JOIN admin_role a ON a.role = ANY (u.roles) WHERE a.kind = lost AND u.disabled_at IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the last administrator of a kind stays'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'app_user_last_administrator';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER app_user_last_administrator AFTER UPDATE OF roles, disabled_at ON app_user
  FOR EACH ROW EXECUTE FUNCTION administrators_stay();

-- Somebody stands in for a colleague for some days: with the other's roles, unit and areas, and named beside the other in
-- every event.
CREATE TABLE delegation (
  id         bigint PRIMARY KEY,
  grantor    bigint NOT NULL REFERENCES app_user,
  holder     bigint NOT NULL REFERENCES app_user,
  from_at    timestamptz NOT NULL,
  until_at   timestamptz NOT NULL,
  why        text NOT NULL,
  created_by bigint NOT NULL REFERENCES app_user,
  created_at timestamptz NOT NULL,
  ended_at   timestamptz,
  ended_by   bigint REFERENCES app_user,
  CHECK (grantor <> holder),
  CHECK (until_at > from_at AND until_at - from_at <= interval '93 days'),
  CHECK ((ended_at IS NULL) = (ended_by IS NULL))
);
CREATE INDEX delegation_grantor ON delegation (grantor, until_at);
CREATE INDEX delegation_holder ON delegation (holder, until_at);
ALTER TABLE app_session ADD COLUMN delegation_id bigint REFERENCES delegation;

-- Who is on duty when, by role and unit, perhaps for an area.
CREATE TABLE duty_shift (
  id         bigint PRIMARY KEY,
  user_id    bigint NOT NULL REFERENCES app_user,
  role       text NOT NULL,
  unit       text NOT NULL,
  area       text,
  from_at    timestamptz NOT NULL,
  until_at   timestamptz NOT NULL,
  removed_at timestamptz,
  CHECK (until_at > from_at AND until_at - from_at <= interval '8 days')
);
CREATE INDEX duty_shift_time ON duty_shift USING gist (tstzrange(from_at, until_at)) WHERE removed_at IS NULL;

-- Signing in by a provider outside (OpenID Connect): who is who there, and what is under way, for whichever server it
-- comes back to.
ALTER TABLE app_user ADD COLUMN outside_subject text UNIQUE;
CREATE TABLE outside_sign_in (
  state_hash   bytea PRIMARY KEY,
  browser_hash bytea NOT NULL,
  nonce        text NOT NULL,
  verifier     text NOT NULL,
  page         text NOT NULL,
  expires_at   timestamptz NOT NULL
);
CREATE INDEX outside_sign_in_age ON outside_sign_in (expires_at);
