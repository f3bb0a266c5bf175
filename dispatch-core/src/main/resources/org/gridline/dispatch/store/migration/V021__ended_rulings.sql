-- Why: a ruling that became a duty rule held until the next one about the same matter, and nobody could end it.

-- Who gave a rule its last day, and why. What was said stays, also when another day is named later.
CREATE TABLE duty_rule_end (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  rule     text NOT NULL REFERENCES duty_rule_ruled,
  -- The first day on which it no longer holds, and the one that was said before.
  valid_to date NOT NULL,
  before   date,
  why      text NOT NULL CHECK (length(why) BETWEEN 2 AND 500),
  ended_by bigint NOT NULL,
  -- Whose right it was, when they were away.
  acting_for bigint,
  ended_at timestamptz NOT NULL
);
CREATE INDEX duty_rule_end_rule ON duty_rule_end (rule);
CREATE TRIGGER duty_rule_end_stays BEFORE UPDATE OR DELETE ON duty_rule_end
  FOR EACH ROW EXECUTE FUNCTION history_stays();
CREATE TRIGGER duty_rule_end_kept BEFORE TRUNCATE ON duty_rule_end
  FOR EACH STATEMENT EXECUTE FUNCTION history_stays();

-- The next ruling also ends one whose last day is still ahead, or two would hold until then.
CREATE OR REPLACE FUNCTION ruling_becomes_rule() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  fact jsonb := NEW.data::jsonb;
BEGIN
  IF coalesce(fact ->> 'dutyRule', '') = '' THEN RETURN NULL; END IF;
  UPDATE duty_rule_ruled r
     SET valid_to = greatest(r.valid_from, (fact ->> 'ruleFrom')::date)
   WHERE coalesce(r.valid_to > (fact ->> 'ruleFrom')::date, true) AND r.area = fact ->> 'ruleArea'
     AND r.kind || ':' || r.category = fact ->> 'ruleCategory';
  INSERT INTO duty_rule_ruled (id, unit, kind, category, area, valid_from, ticket_id, version)
  VALUES (fact ->> 'dutyRule', fact ->> 'unit', split_part(fact ->> 'ruleCategory', ':', 1),
          split_part(fact ->> 'ruleCategory', ':', 2), fact ->> 'ruleArea', (fact ->> 'ruleFrom')::date,
          NEW.ticket_id, NEW.version);
  RETURN NULL;
END $$;
