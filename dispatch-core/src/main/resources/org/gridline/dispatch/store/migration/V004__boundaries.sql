-- Why: boundaries change while the city works. A version is the set of all layers; each stands on the one before it, so
-- the versions are one chain, and whoever imports decides from when the next link holds. Versions are staged in small
-- transactions and switched in one statement; a ticket keeps the version that it was routed by.

-- Rows without a layers entry are from before: the layers of a pack that is no longer there are told by its areas.
ALTER TABLE boundary_version
  ADD COLUMN serial       bigint,
  ADD COLUMN state        text NOT NULL DEFAULT 'ACTIVE' CHECK (state IN ('STAGING','STAGED','ACTIVE','WITHDRAWN')),
  ADD COLUMN origin       text NOT NULL DEFAULT 'PACK' CHECK (origin IN ('PACK','IMPORT')),
  ADD COLUMN pack_hash    text,
  ADD COLUMN base         text REFERENCES boundary_version,
  ADD COLUMN valid_from   timestamptz,
  ADD COLUMN activated_by bigint,
  ADD COLUMN withdrawn_at timestamptz,
  ADD COLUMN note         text NOT NULL DEFAULT '',
  ADD COLUMN layers       text NOT NULL DEFAULT '[]',
  ADD COLUMN areas        int NOT NULL DEFAULT 0,
  ALTER COLUMN activated_at DROP NOT NULL;

UPDATE boundary_version v
   SET serial = o.n, valid_from = v.activated_at, pack_hash = v.version, base = o.before,
       areas = (SELECT count(*) FROM boundary_area a WHERE a.version = v.version)
  FROM (SELECT version, row_number() OVER w AS n, lag(version) OVER w AS before
          FROM boundary_version WINDOW w AS (ORDER BY activated_at, version)) o
 WHERE v.version = o.version;

CREATE SEQUENCE boundary_serial;
SELECT setval('boundary_serial', GREATEST((SELECT max(serial) FROM boundary_version), 1),
              EXISTS (SELECT FROM boundary_version));
ALTER TABLE boundary_version
  ALTER COLUMN serial SET DEFAULT nextval('boundary_serial'),
  ALTER COLUMN serial SET NOT NULL,
  ADD CHECK (state IN ('STAGING','STAGED') OR (activated_at IS NOT NULL AND valid_from IS NOT NULL)),
  ADD CHECK ((state = 'WITHDRAWN') = (withdrawn_at IS NOT NULL)),
  ADD CHECK ((origin = 'PACK') = (pack_hash IS NOT NULL));
CREATE UNIQUE INDEX boundary_version_serial ON boundary_version (serial);
CREATE INDEX boundary_version_valid ON boundary_version (valid_from DESC, serial DESC) WHERE activated_at IS NOT NULL;

-- The end of the chain. A version takes its place only if it stands on the one that is there: two people who decide at
-- the same time can't both win.
CREATE TABLE boundary_head (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  tip      text REFERENCES boundary_version
);
INSERT INTO boundary_head
SELECT true, (SELECT version FROM boundary_version ORDER BY serial DESC LIMIT 1);

-- An upload on its way to a version. alive_at: the node that works on it still does.
CREATE TABLE boundary_import (
  id         bigint PRIMARY KEY,
  state      text NOT NULL CHECK (state IN (
               'RECEIVED','CHECKING','STAGING','COMPARING','READY','REFUSED','FAILED','ACTIVATED','DISCARDED')),
  percent    int NOT NULL DEFAULT 0 CHECK (percent BETWEEN 0 AND 100),
  layer      text NOT NULL,
  wishes     text NOT NULL,
  file_name  text NOT NULL,
  bytes      bigint NOT NULL,
  sha256     text NOT NULL DEFAULT '',
  user_id    bigint NOT NULL,
  created_at timestamptz NOT NULL,
  alive_at   timestamptz NOT NULL,
  version    text,
  valid_from timestamptz,
  findings   text NOT NULL DEFAULT '[]',
  changes    text,
  problem    text
);
CREATE INDEX boundary_import_open ON boundary_import (alive_at)
  WHERE state IN ('RECEIVED','CHECKING','STAGING','COMPARING');

-- Which ground became which. Shares are of the ground, 0 to 1; areas that kept code and shape have no row.
CREATE TABLE area_lineage (
  to_version   text NOT NULL REFERENCES boundary_version,
  layer        text NOT NULL,
  old_code     text NOT NULL,
  new_code     text NOT NULL,
  from_version text NOT NULL REFERENCES boundary_version,
  share_of_old float8 NOT NULL CHECK (share_of_old BETWEEN 0 AND 1),
  share_of_new float8 NOT NULL CHECK (share_of_new BETWEEN 0 AND 1),
  old_stays    boolean NOT NULL,
  PRIMARY KEY (to_version, layer, old_code, new_code)
);

-- Who did what to the boundaries, and when.
CREATE TABLE boundary_event (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at        timestamptz NOT NULL,
  kind      text NOT NULL CHECK (kind IN (
              'UPLOADED','REFUSED','FAILED','STAGED','ACTIVATED','WITHDRAWN','DISCARDED','PACK_ACTIVATED')),
  user_id   bigint,
  import_id bigint,
  version   text,
  note      text NOT NULL DEFAULT ''
);
CREATE TRIGGER boundary_event_stays BEFORE UPDATE OR DELETE ON boundary_event
  FOR EACH ROW EXECUTE FUNCTION history_stays();
CREATE TRIGGER boundary_event_kept BEFORE TRUNCATE ON boundary_event
  FOR EACH STATEMENT EXECUTE FUNCTION history_stays();

-- What tickets were routed by does not change; what was only staged may go again.
CREATE FUNCTION ground_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM boundary_version v WHERE v.version = OLD.version AND v.activated_at IS NOT NULL;
  IF FOUND THEN
    RAISE EXCEPTION 'a version that held does not change' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER boundary_area_stays BEFORE DELETE ON boundary_area
  FOR EACH ROW EXECUTE FUNCTION ground_stays();
CREATE TRIGGER boundary_area_fixed BEFORE UPDATE ON boundary_area
  FOR EACH ROW EXECUTE FUNCTION history_stays();
CREATE TRIGGER boundary_area_kept BEFORE TRUNCATE ON boundary_area
  FOR EACH STATEMENT EXECUTE FUNCTION history_stays();
CREATE FUNCTION version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.activated_at IS NOT NULL AND (TG_OP = 'DELETE' OR
     (NEW.version, NEW.activated_at, NEW.valid_from, NEW.base) IS DISTINCT FROM
     (OLD.version, OLD.activated_at, OLD.valid_from, OLD.base) OR
     (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at)) THEN
    RAISE EXCEPTION 'a version that held does not change' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER boundary_version_stays BEFORE UPDATE OR DELETE ON boundary_version
  FOR EACH ROW EXECUTE FUNCTION version_stays();
