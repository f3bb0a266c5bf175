-- Why: who checks is drawn by lot and told neither who handled nor who reported; units sign what leaves them; a ticket
-- may belong to a platform above.

-- Who was drawn, and when; follows from the events, in their commits.
CREATE TABLE check_draw (
  ticket_id bigint NOT NULL,
  version   int NOT NULL,
  unit      text NOT NULL,
  checker   bigint NOT NULL,
  at        timestamptz NOT NULL,
  PRIMARY KEY (ticket_id, version)
);
CREATE INDEX check_draw_turn ON check_draw (checker, at DESC);

-- Who had the last turn at each unit. The row is what two draws for one unit meet at.
CREATE TABLE unit_check (
  unit    text PRIMARY KEY,
  checker bigint NOT NULL
);

-- Nobody checks one unit twice in a row while another is free. A draw that left somebody out knew who had the last turn;
-- one that left out nobody had no choice, or has been overtaken and is made again.
CREATE FUNCTION checker_is_drawn() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  draw jsonb := NEW.data::jsonb -> 'draw';
  drawn bigint := coalesce((draw ->> 'checker')::bigint, 0);
BEGIN
  IF drawn = 0 THEN RETURN NULL; END IF;
  INSERT INTO unit_check AS u (unit, checker) VALUES (coalesce(NEW.unit_after, ''), drawn)
  ON CONFLICT (unit) DO UPDATE SET checker = excluded.checker
   WHERE u.checker = (draw ->> 'last')::bigint OR u.checker <> excluded.checker;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'drawn twice in a row for one unit'
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'check_turn_taken';
  END IF;
  INSERT INTO check_draw (ticket_id, version, unit, checker, at)
  VALUES (NEW.ticket_id, NEW.version, coalesce(NEW.unit_after, ''), drawn, NEW.at);
  RETURN NULL;
END $$;
CREATE TRIGGER ticket_event_checker_drawn AFTER INSERT ON ticket_event
  FOR EACH ROW WHEN (NEW.kind IN ('FeedbackPassed', 'TicketSelfHandled', 'ResultChecked', 'CheckerRedrawn'))
  EXECUTE FUNCTION checker_is_drawn();

-- Whoever was drawn checks, and nobody else; the centre may have another one drawn.
CREATE FUNCTION drawn_one_checks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM ticket_event e
     WHERE e.ticket_id = NEW.id AND e.version = NEW.version AND e.kind IN ('ResultChecked', 'TicketReworked')
       AND (OLD.life -> 'check' ->> 'checker')::bigint
           NOT IN (coalesce(e.user_id, 0), coalesce((e.data::jsonb ->> 'actingFor')::bigint, 0))) THEN
    RAISE EXCEPTION 'somebody else was drawn to check' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ticket_drawn_one_checks AFTER UPDATE ON ticket
  FOR EACH ROW WHEN (OLD.state = 'CHECKING' AND OLD.life ? 'check' AND NEW.version > OLD.version)
  EXECUTE FUNCTION drawn_one_checks();
