-- Why: several units work on one ticket, several tickets become one, and a ruling becomes a duty rule.

-- By whom a ticket is seen beside its owner and its areas: the units that help, and whoever was drawn to check it.
CREATE FUNCTION part_units(life jsonb) RETURNS text[] LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN ARRAY(SELECT p ->> 'unit' FROM jsonb_array_elements(life -> 'parts') AS p)
      || CASE WHEN life -> 'check' ->> 'checker' IS NULL THEN '{}'::text[]
              ELSE ARRAY['@check:' || (life -> 'check' ->> 'checker')] END;
END $$;
ALTER TABLE ticket ADD COLUMN parts text[] NOT NULL GENERATED ALWAYS AS (part_units(life)) STORED;
CREATE INDEX ticket_open_parts ON ticket USING gin (parts) WHERE "open";

-- Rulings of the command centre that hold as duty rules, each in the commit of its event. The next one about the same
-- thing ends the one before.
CREATE TABLE duty_rule_ruled (
  id         text PRIMARY KEY,
  unit       text NOT NULL,
  kind       text NOT NULL,
  category   text NOT NULL,
  area       text NOT NULL,
  valid_from date NOT NULL,
  valid_to   date,
  ticket_id  bigint NOT NULL,
  version    int NOT NULL,
  UNIQUE (ticket_id, version),
  CHECK (valid_to >= valid_from)
);
CREATE UNIQUE INDEX duty_rule_ruled_now ON duty_rule_ruled (kind, category, area) WHERE valid_to IS NULL;

CREATE FUNCTION ruling_becomes_rule() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  fact jsonb := NEW.data::jsonb;
BEGIN
  IF coalesce(fact ->> 'dutyRule', '') = '' THEN RETURN NULL; END IF;
  UPDATE duty_rule_ruled r
     SET valid_to = greatest(r.valid_from, (fact ->> 'ruleFrom')::date)
   WHERE r.valid_to IS NULL AND r.area = fact ->> 'ruleArea'
     AND r.kind || ':' || r.category = fact ->> 'ruleCategory';
  INSERT INTO duty_rule_ruled (id, unit, kind, category, area, valid_from, ticket_id, version)
  VALUES (fact ->> 'dutyRule', fact ->> 'unit', split_part(fact ->> 'ruleCategory', ':', 1),
          split_part(fact ->> 'ruleCategory', ':', 2), fact ->> 'ruleArea', (fact ->> 'ruleFrom')::date,
          NEW.ticket_id, NEW.version);
  RETURN NULL;
END $$;
CREATE TRIGGER ticket_event_ruling AFTER INSERT ON ticket_event
  FOR EACH ROW WHEN (NEW.kind = 'DisputeRuled') EXECUTE FUNCTION ruling_becomes_rule();

-- A ticket is not closed before the caller of each ticket that was merged into it, or into one of these, was asked. Who
-- merges holds the master's row, so no ticket slips in meanwhile.
CREATE FUNCTION callers_were_asked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    WITH RECURSIVE merged AS (
      SELECT t.id, t.reporter, t.flags FROM ticket t WHERE t.master = NEW.id
      UNION ALL
      SELECT t.id, t.reporter, t.flags FROM ticket t JOIN merged m ON t.master = m.id)
    SELECT FROM merged m WHERE m.reporter IN ('CALLER','CONFIDENTIAL_CALLER') AND NOT 'ASKED' = ANY (m.flags)) THEN
    RAISE EXCEPTION 'a caller of a merged ticket was not asked' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ticket_callers_were_asked AFTER UPDATE ON ticket
  FOR EACH ROW WHEN (NEW.state = 'CLOSED' AND OLD.state = 'PENDING_CLOSE') EXECUTE FUNCTION callers_were_asked();

