-- Why: whoever takes over the server must not be able to change history. So the server works as a role that owns nothing,
-- and what that role may do is decided here, by the owner, from the tables' own guards.

-- Blocks are made by the sealer's function alone. It runs as the owner, with a path on which nobody else can put anything.
DO $$
BEGIN
  EXECUTE format('ALTER FUNCTION seal_events(int, timestamptz) SECURITY DEFINER SET search_path = %I, pg_catalog, pg_temp',
                 current_schema());
END $$;
REVOKE EXECUTE ON FUNCTION seal_events(int, timestamptz) FROM PUBLIC;

-- Run again after each migration: SELECT grant_application('gridline_app'). A table whose rows stay, by a trigger
-- history_stays, can't be updated, deleted or emptied by the role; xid is always the database's own, so nothing can be
-- written into the past. Partitions are reached through their table only.
CREATE FUNCTION grant_application(role text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  t record;
  rights text;
  columns text;
BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), role);
  EXECUTE format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC', current_schema());
  EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM %I', current_schema(), role);
  EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA %I TO %I', current_schema(), role);
  EXECUTE format('GRANT EXECUTE ON FUNCTION seal_events(int, timestamptz) TO %I', role);
  FOR t IN
    SELECT c.oid, c.relname, c.relname IN ('schema_history', 'event_block', 'seal_head') AS only_read,
           c.relname <> 'ticket' AND NOT kept.deletes AS deletes, NOT kept.updates AS updates
      FROM pg_class c
     CROSS JOIN LATERAL (
       SELECT COALESCE(bool_or(g.tgtype & 8 <> 0), false) AS deletes,
              COALESCE(bool_or(g.tgtype & 16 <> 0), false) AS updates
         FROM pg_trigger g JOIN pg_proc f ON f.oid = g.tgfoid
        WHERE g.tgrelid = c.oid AND f.proname = 'history_stays') kept
     WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
  LOOP
    rights := 'SELECT';
    IF NOT t.only_read THEN
      IF t.updates THEN rights := rights || ', UPDATE'; END IF;
      IF t.deletes THEN rights := rights || ', DELETE'; END IF;
      SELECT string_agg(quote_ident(a.attname), ', ') INTO columns
        FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> 'xid';
      rights := rights || format(', INSERT (%s)', columns);
    END IF;
    EXECUTE format('GRANT %s ON %I TO %I', rights, t.relname, role);
  END LOOP;
  -- What belongs to an extension, such as the list of coordinate systems, is read.
  FOR t IN
    SELECT c.relname FROM pg_class c
     WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'v')
       AND EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
  LOOP
    BEGIN
      EXECUTE format('GRANT SELECT ON %I TO %I', t.relname, role);
    EXCEPTION WHEN insufficient_privilege THEN NULL; -- the extension's owner lets everybody read them already
    END;
  END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION grant_application(text) FROM PUBLIC;

-- Figures of a period are counted from the log. Events come in about the order of their times, so a small index of
-- ranges finds a month among years and costs a report next to nothing.
CREATE INDEX ticket_event_at ON ticket_event USING brin (at) WITH (pages_per_range = 32);
CREATE INDEX ticket_event_overdue ON ticket_event (at) WHERE kind = 'ClockOverdue';
