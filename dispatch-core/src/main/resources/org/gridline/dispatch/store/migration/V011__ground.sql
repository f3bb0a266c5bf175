-- Why: boundaries change, and what stands on the ground must follow: the areas of every component, and the areas by which
-- older tickets are seen. The work is done in short transactions by one node at a time, and goes on after a stop.

-- A ticket keeps the areas of its own version for ever. areas_now: by which codes it is seen and found today, where that
-- differs; NULL costs old rows nothing. Only this expression is asked for, so the index of the open ones is over it; it
-- keeps whatever says that a ticket is open.
ALTER TABLE ticket ADD COLUMN areas_now text[];
DO $$
DECLARE
  open text;
BEGIN
  SELECT pg_get_expr(i.indpred, i.indrelid) INTO open
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
   WHERE c.relname = 'ticket_open_areas' AND pg_table_is_visible(c.oid);
  DROP INDEX IF EXISTS ticket_open_areas;
  EXECUTE format('CREATE INDEX ticket_open_areas ON ticket USING gin ((COALESCE(areas_now, areas))) WHERE %s',
                 COALESCE(open, 'state <> ''CLOSED'''));
END $$;

-- boundary_version says under which boundaries a component's areas stand; those under another are looked for.
CREATE INDEX component_ground ON component (boundary_version, code);

-- From which version on a code means the ground that it means: it was not there in the version before, or meant mostly
-- other ground. So a code that is used again can be told from itself.
CREATE TABLE area_begun (
  version text NOT NULL REFERENCES boundary_version,
  code    text NOT NULL,
  PRIMARY KEY (version, code)
);
INSERT INTO area_begun
SELECT DISTINCT a.version, a.code
  FROM boundary_area a JOIN boundary_version v ON v.version = a.version
 WHERE NOT EXISTS (SELECT FROM boundary_area b
                    WHERE b.version = v.base AND b.layer = a.layer AND b.code = a.code AND b.shape && a.shape)
    OR EXISTS (SELECT FROM area_lineage l
                WHERE l.to_version = v.version AND l.layer = a.layer AND l.old_code = a.code AND l.new_code = a.code
                  AND l.share_of_old < 0.5 AND l.share_of_new < 0.5);

-- How far the areas have followed the ground: one row for components, one for tickets. Whoever is named as node works
-- until then, and says so with every step; after that another may. LATE: reports that were still taken on the ground
-- before are looked at once more.
CREATE TABLE area_upkeep (
  kind     text PRIMARY KEY CHECK (kind IN ('COMPONENTS','TICKETS')),
  version  text NOT NULL,
  phase    text NOT NULL CHECK (phase IN ('RUNNING','LATE','DONE')),
  after_id bigint NOT NULL DEFAULT 0,
  looked   bigint NOT NULL DEFAULT 0,
  changed  bigint NOT NULL DEFAULT 0,
  total    bigint NOT NULL DEFAULT 0,
  shifts   bigint NOT NULL DEFAULT 0,
  begun_at timestamptz,
  ended_at timestamptz,
  node     text,
  until    timestamptz
);
INSERT INTO area_upkeep (kind, version, phase) VALUES ('COMPONENTS', '', 'DONE'), ('TICKETS', '', 'DONE');

-- Which tickets a step has moved, so that every node's index of words and its open maps can follow. Numbers have no gaps
-- and are given under the lock of the row above.
CREATE TABLE area_shift (
  number  bigint PRIMARY KEY,
  tickets bigint[] NOT NULL
);

-- An import whose base is no longer the end of the chain can't be activated any more.
ALTER TABLE boundary_import
  DROP CONSTRAINT boundary_import_state_check,
  ADD CHECK (state IN (
    'RECEIVED','CHECKING','STAGING','COMPARING','READY','STALE','REFUSED','FAILED','ACTIVATED','DISCARDED'));
ALTER TABLE boundary_event
  DROP CONSTRAINT boundary_event_kind_check,
  ADD CHECK (kind IN (
    'UPLOADED','REFUSED','FAILED','STAGED','STALE','ACTIVATED','WITHDRAWN','DISCARDED','PACK_ACTIVATED'));
