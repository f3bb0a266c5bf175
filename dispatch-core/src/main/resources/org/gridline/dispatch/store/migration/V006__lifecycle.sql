-- Why: the whole closed loop of the domain page. A ticket has more states, more of them final; flags and the rest of its
-- life stand in two columns; and the database itself refuses a step that the table does not have.

ALTER TABLE ticket DROP CONSTRAINT ticket_state_check;
ALTER TABLE ticket DROP CONSTRAINT ticket_check1;
ALTER TABLE ticket
  ADD COLUMN flags  text[] NOT NULL DEFAULT '{}',
  -- What later steps need to know and no query asks for; dispatch.ticket.Life says what it holds.
  ADD COLUMN life   jsonb NOT NULL DEFAULT '{}',
  -- The ticket that this one was merged into.
  ADD COLUMN master bigint,
  ADD COLUMN "open" boolean NOT NULL GENERATED ALWAYS AS (
    state NOT IN ('CLOSED','ARCHIVED','ANSWERED','REJECTED','MERGED','CANCELLED')) STORED,
  ADD CONSTRAINT ticket_state_check CHECK (state IN (
    'REGISTERED','VERIFYING','PENDING_FILING','PENDING_DISPATCH','PENDING_SIGN','RETURN_REVIEW','ARBITRATION','HANDLING',
    'SUSPENDED','FEEDBACK_REVIEW','CHECKING','REVISITING','PENDING_CLOSE','CLOSED','ARCHIVED','ANSWERED','REJECTED',
    'MERGED','CANCELLED')),
  -- A ticket that somebody must handle has an owner; one that waits for its owner, or ended before, has none.
  ADD CONSTRAINT ticket_owner_check CHECK (unit IS NOT NULL OR state IN (
    'REGISTERED','VERIFYING','PENDING_FILING','PENDING_DISPATCH','ANSWERED','REJECTED','MERGED','CANCELLED')),
  ADD CONSTRAINT ticket_master_check CHECK ((state = 'MERGED') = (master IS NOT NULL) AND master <> id);

-- What the events of older tickets say of it.
UPDATE ticket t
   SET flags = array_remove(ARRAY[
         CASE WHEN e.misdispatches > 0 THEN 'MISDISPATCHED' END, CASE WHEN t.reworks > 0 THEN 'REWORKED' END], NULL),
       life = jsonb_strip_nulls(jsonb_build_object(
         'dispatches', nullif(e.dispatches, 0), 'misdispatches', nullif(e.misdispatches, 0),
         'dispatchedAt', to_char(e.dispatched_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
         'closedAt', to_char(e.closed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')))
  FROM (SELECT ticket_id,
               count(*) FILTER (WHERE kind = 'TicketDispatched') AS dispatches,
               count(*) FILTER (WHERE kind = 'ReturnApproved') AS misdispatches,
               max(at) FILTER (WHERE kind = 'TicketDispatched') AS dispatched_at,
               max(at) FILTER (WHERE kind = 'TicketClosed') AS closed_at
          FROM ticket_event
         WHERE kind IN ('TicketDispatched','ReturnApproved','TicketClosed') GROUP BY ticket_id) e
 WHERE e.ticket_id = t.id;

-- They are archived like any other, after the usual window for appeals.
INSERT INTO deadline (ticket_id, clock, unit, started_at, warn_at, due_at)
SELECT e.ticket_id, 'archive', 'UD', max(e.at), max(e.at) + interval '15 days', max(e.at) + interval '15 days'
  FROM ticket_event e JOIN ticket t ON t.id = e.ticket_id
 WHERE t.state = 'CLOSED' AND e.kind = 'TicketClosed' GROUP BY e.ticket_id;

DROP INDEX ticket_open_unit, ticket_open_areas, ticket_open_position;
CREATE INDEX ticket_open_unit ON ticket (unit) WHERE "open";
CREATE INDEX ticket_open_areas ON ticket USING gin (areas) WHERE "open";
CREATE INDEX ticket_open_position ON ticket USING gist (position) WHERE "open";
CREATE INDEX ticket_flags ON ticket USING gin (flags) WHERE flags <> '{}';
CREATE INDEX ticket_merged ON ticket (master) WHERE master IS NOT NULL;

-- The table of steps, as dispatch.ticket.Lifecycle has it; a test compares the two. An event that is no step of the
-- table (a deadline that passed, a ticket that moved) changes no state.
-- In PL/pgSQL, which keeps its plan: SQL would be parsed anew in each statement that writes an event.
CREATE FUNCTION legal_step(kind text, before text, after text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN CASE kind
    WHEN 'TicketRegistered' THEN coalesce(before, '') || '>' || after IN (
      '>REGISTERED')
    WHEN 'TicketAnswered' THEN coalesce(before, '') || '>' || after IN (
      'REGISTERED>ANSWERED')
    WHEN 'VerificationAsked' THEN coalesce(before, '') || '>' || after IN (
      'REGISTERED>VERIFYING')
    WHEN 'VerificationDone' THEN coalesce(before, '') || '>' || after IN (
      'VERIFYING>REGISTERED')
    WHEN 'TicketSelfHandled' THEN coalesce(before, '') || '>' || after IN (
      'REGISTERED>CHECKING')
    WHEN 'TicketAccepted' THEN coalesce(before, '') || '>' || after IN (
      'REGISTERED>PENDING_FILING')
    WHEN 'TicketFiled' THEN coalesce(before, '') || '>' || after IN (
      'PENDING_FILING>PENDING_DISPATCH')
    WHEN 'RejectionProposed' THEN coalesce(before, '') || '>' || after IN (
      'REGISTERED>REGISTERED',
      'PENDING_FILING>PENDING_FILING')
    WHEN 'TicketRejected' THEN coalesce(before, '') || '>' || after IN (
      'REGISTERED>REJECTED',
      'PENDING_FILING>REJECTED')
    WHEN 'RejectionDeclined' THEN coalesce(before, '') || '>' || after IN (
      'REGISTERED>REGISTERED',
      'PENDING_FILING>PENDING_FILING')
    WHEN 'TicketCancelled' THEN coalesce(before, '') || '>' || after IN (
      'REGISTERED>CANCELLED',
      'VERIFYING>CANCELLED',
      'PENDING_FILING>CANCELLED',
      'PENDING_DISPATCH>CANCELLED',
      'PENDING_SIGN>CANCELLED')
    WHEN 'TicketMerged' THEN coalesce(before, '') || '>' || after IN (
      'REGISTERED>MERGED',
      'PENDING_FILING>MERGED',
      'PENDING_DISPATCH>MERGED',
      'PENDING_SIGN>MERGED',
      'HANDLING>MERGED')
    WHEN 'MergeUndone' THEN coalesce(before, '') || '>' || after IN (
      'MERGED>REGISTERED',
      'MERGED>PENDING_FILING',
      'MERGED>PENDING_DISPATCH',
      'MERGED>PENDING_SIGN',
      'MERGED>HANDLING')
    WHEN 'TicketDispatched' THEN coalesce(before, '') || '>' || after IN (
      'PENDING_DISPATCH>PENDING_SIGN')
    WHEN 'TicketSentBack' THEN coalesce(before, '') || '>' || after IN (
      'PENDING_DISPATCH>REGISTERED')
    WHEN 'TicketSigned' THEN coalesce(before, '') || '>' || after IN (
      'PENDING_SIGN>HANDLING')
    WHEN 'TicketReturned' THEN coalesce(before, '') || '>' || after IN (
      'PENDING_SIGN>RETURN_REVIEW',
      'HANDLING>RETURN_REVIEW')
    WHEN 'ReturnApproved' THEN coalesce(before, '') || '>' || after IN (
      'RETURN_REVIEW>PENDING_DISPATCH')
    WHEN 'ReturnDenied' THEN coalesce(before, '') || '>' || after IN (
      'RETURN_REVIEW>PENDING_SIGN',
      'RETURN_REVIEW>HANDLING')
    WHEN 'DisputeEscalated' THEN coalesce(before, '') || '>' || after IN (
      'RETURN_REVIEW>ARBITRATION')
    WHEN 'DisputeRuled' THEN coalesce(before, '') || '>' || after IN (
      'ARBITRATION>PENDING_SIGN')
    WHEN 'CallerContacted' THEN coalesce(before, '') || '>' || after IN (
      'HANDLING>HANDLING')
    WHEN 'ExtensionAsked' THEN coalesce(before, '') || '>' || after IN (
      'HANDLING>HANDLING')
    WHEN 'ExtensionReviewed' THEN coalesce(before, '') || '>' || after IN (
      'HANDLING>HANDLING')
    WHEN 'ExtensionGranted' THEN coalesce(before, '') || '>' || after IN (
      'HANDLING>HANDLING')
    WHEN 'ExtensionRefused' THEN coalesce(before, '') || '>' || after IN (
      'HANDLING>HANDLING')
    WHEN 'SuspensionAsked' THEN coalesce(before, '') || '>' || after IN (
      'HANDLING>HANDLING')
    WHEN 'SuspensionGranted' THEN coalesce(before, '') || '>' || after IN (
      'HANDLING>SUSPENDED')
    WHEN 'SuspensionRefused' THEN coalesce(before, '') || '>' || after IN (
      'HANDLING>HANDLING')
    WHEN 'HandlingResumed' THEN coalesce(before, '') || '>' || after IN (
      'SUSPENDED>HANDLING')
    WHEN 'FeedbackGiven' THEN coalesce(before, '') || '>' || after IN (
      'HANDLING>FEEDBACK_REVIEW')
    WHEN 'FeedbackPassed' THEN coalesce(before, '') || '>' || after IN (
      'FEEDBACK_REVIEW>REVISITING',
      'FEEDBACK_REVIEW>CHECKING')
    WHEN 'TicketReworked' THEN coalesce(before, '') || '>' || after IN (
      'FEEDBACK_REVIEW>HANDLING',
      'CHECKING>HANDLING',
      'REVISITING>HANDLING',
      'PENDING_CLOSE>HANDLING')
    WHEN 'DraftMade' THEN coalesce(before, '') || '>' || after IN (
      'HANDLING>HANDLING',
      'PENDING_SIGN>PENDING_SIGN')
    WHEN 'DraftSigned' THEN coalesce(before, '') || '>' || after IN (
      'HANDLING>HANDLING',
      'PENDING_SIGN>PENDING_SIGN')
    WHEN 'DraftSentBack' THEN coalesce(before, '') || '>' || after IN (
      'HANDLING>HANDLING',
      'PENDING_SIGN>PENDING_SIGN')
    WHEN 'UnitAsked' THEN coalesce(before, '') || '>' || after IN (
      'PENDING_SIGN>PENDING_SIGN',
      'HANDLING>HANDLING')
    WHEN 'UnitReleased' THEN coalesce(before, '') || '>' || after IN (
      'PENDING_SIGN>PENDING_SIGN',
      'HANDLING>HANDLING')
    WHEN 'PartSigned' THEN coalesce(before, '') || '>' || after IN (
      'PENDING_SIGN>PENDING_SIGN',
      'HANDLING>HANDLING')
    WHEN 'PartReported' THEN coalesce(before, '') || '>' || after IN (
      'HANDLING>HANDLING')
    WHEN 'MergedCallerAsked' THEN coalesce(before, '') || '>' || after IN (
      'MERGED>MERGED')
    WHEN 'ResultChecked' THEN coalesce(before, '') || '>' || after IN (
      'CHECKING>CHECKING',
      'CHECKING>REVISITING',
      'CHECKING>PENDING_CLOSE')
    WHEN 'CheckerRedrawn' THEN coalesce(before, '') || '>' || after IN (
      'CHECKING>CHECKING')
    WHEN 'CallerRevisited' THEN coalesce(before, '') || '>' || after IN (
      'REVISITING>PENDING_CLOSE',
      'REVISITING>HANDLING',
      'REVISITING>REVISITING')
    WHEN 'TicketClosed' THEN coalesce(before, '') || '>' || after IN (
      'PENDING_CLOSE>CLOSED')
    WHEN 'ObjectionRaised' THEN coalesce(before, '') || '>' || after IN (
      'CLOSED>CLOSED')
    WHEN 'ObjectionDismissed' THEN coalesce(before, '') || '>' || after IN (
      'CLOSED>CLOSED')
    WHEN 'TicketReopened' THEN coalesce(before, '') || '>' || after IN (
      'CLOSED>HANDLING')
    WHEN 'AppealFiled' THEN coalesce(before, '') || '>' || after IN (
      'CLOSED>CLOSED')
    WHEN 'AppealReviewed' THEN coalesce(before, '') || '>' || after IN (
      'CLOSED>CLOSED')
    WHEN 'AppealDecided' THEN coalesce(before, '') || '>' || after IN (
      'CLOSED>CLOSED')
    WHEN 'TicketArchived' THEN coalesce(before, '') || '>' || after IN (
      'CLOSED>ARCHIVED')
    WHEN 'ParentLinked' THEN coalesce(before, '') || '>' || after IN (
      'REGISTERED>REGISTERED',
      'VERIFYING>VERIFYING',
      'PENDING_FILING>PENDING_FILING',
      'PENDING_DISPATCH>PENDING_DISPATCH',
      'PENDING_SIGN>PENDING_SIGN',
      'RETURN_REVIEW>RETURN_REVIEW',
      'ARBITRATION>ARBITRATION',
      'HANDLING>HANDLING',
      'SUSPENDED>SUSPENDED',
      'FEEDBACK_REVIEW>FEEDBACK_REVIEW',
      'CHECKING>CHECKING',
      'REVISITING>REVISITING',
      'PENDING_CLOSE>PENDING_CLOSE')
    WHEN 'ParentRevisited' THEN coalesce(before, '') || '>' || after IN (
      'REGISTERED>REGISTERED',
      'VERIFYING>VERIFYING',
      'PENDING_FILING>PENDING_FILING',
      'PENDING_DISPATCH>PENDING_DISPATCH',
      'PENDING_SIGN>PENDING_SIGN',
      'RETURN_REVIEW>RETURN_REVIEW',
      'ARBITRATION>ARBITRATION',
      'HANDLING>HANDLING',
      'SUSPENDED>SUSPENDED',
      'FEEDBACK_REVIEW>FEEDBACK_REVIEW',
      'CHECKING>CHECKING',
      'REVISITING>REVISITING',
      'PENDING_CLOSE>PENDING_CLOSE',
      'CLOSED>CLOSED')
    WHEN 'ParentWithdrew' THEN coalesce(before, '') || '>' || after IN (
      'REGISTERED>CANCELLED',
      'VERIFYING>CANCELLED',
      'PENDING_FILING>CANCELLED',
      'PENDING_DISPATCH>CANCELLED',
      'PENDING_SIGN>CANCELLED',
      'RETURN_REVIEW>CANCELLED',
      'ARBITRATION>CANCELLED',
      'HANDLING>CANCELLED',
      'SUSPENDED>CANCELLED',
      'FEEDBACK_REVIEW>CANCELLED',
      'CHECKING>CANCELLED',
      'REVISITING>CANCELLED',
      'PENDING_CLOSE>CANCELLED')
    WHEN 'ParentReturned' THEN coalesce(before, '') || '>' || after IN (
      'REGISTERED>CANCELLED',
      'PENDING_FILING>CANCELLED',
      'PENDING_DISPATCH>CANCELLED',
      'RETURN_REVIEW>CANCELLED',
      'ARBITRATION>CANCELLED')
    WHEN 'TicketUrged' THEN coalesce(before, '') || '>' || after IN (
      'REGISTERED>REGISTERED',
      'VERIFYING>VERIFYING',
      'PENDING_FILING>PENDING_FILING',
      'PENDING_DISPATCH>PENDING_DISPATCH',
      'PENDING_SIGN>PENDING_SIGN',
      'RETURN_REVIEW>RETURN_REVIEW',
      'ARBITRATION>ARBITRATION',
      'HANDLING>HANDLING',
      'SUSPENDED>SUSPENDED',
      'FEEDBACK_REVIEW>FEEDBACK_REVIEW',
      'CHECKING>CHECKING',
      'REVISITING>REVISITING',
      'PENDING_CLOSE>PENDING_CLOSE')
    WHEN 'TicketSupervised' THEN coalesce(before, '') || '>' || after IN (
      'REGISTERED>REGISTERED',
      'VERIFYING>VERIFYING',
      'PENDING_FILING>PENDING_FILING',
      'PENDING_DISPATCH>PENDING_DISPATCH',
      'PENDING_SIGN>PENDING_SIGN',
      'RETURN_REVIEW>RETURN_REVIEW',
      'ARBITRATION>ARBITRATION',
      'HANDLING>HANDLING',
      'SUSPENDED>SUSPENDED',
      'FEEDBACK_REVIEW>FEEDBACK_REVIEW',
      'CHECKING>CHECKING',
      'REVISITING>REVISITING',
      'PENDING_CLOSE>PENDING_CLOSE')
    WHEN 'TicketMarked' THEN coalesce(before, '') || '>' || after IN (
      'REGISTERED>REGISTERED',
      'VERIFYING>VERIFYING',
      'PENDING_FILING>PENDING_FILING',
      'PENDING_DISPATCH>PENDING_DISPATCH',
      'PENDING_SIGN>PENDING_SIGN',
      'RETURN_REVIEW>RETURN_REVIEW',
      'ARBITRATION>ARBITRATION',
      'HANDLING>HANDLING',
      'SUSPENDED>SUSPENDED',
      'FEEDBACK_REVIEW>FEEDBACK_REVIEW',
      'CHECKING>CHECKING',
      'REVISITING>REVISITING',
      'PENDING_CLOSE>PENDING_CLOSE')
    WHEN 'ConfidentialityKept' THEN coalesce(before, '') || '>' || after IN (
      'REGISTERED>REGISTERED',
      'VERIFYING>VERIFYING',
      'PENDING_FILING>PENDING_FILING',
      'PENDING_DISPATCH>PENDING_DISPATCH',
      'PENDING_SIGN>PENDING_SIGN',
      'RETURN_REVIEW>RETURN_REVIEW',
      'ARBITRATION>ARBITRATION',
      'HANDLING>HANDLING',
      'SUSPENDED>SUSPENDED',
      'FEEDBACK_REVIEW>FEEDBACK_REVIEW',
      'CHECKING>CHECKING',
      'REVISITING>REVISITING',
      'PENDING_CLOSE>PENDING_CLOSE',
      'CLOSED>CLOSED')
    ELSE (before = after) IS TRUE END;
END $$;

ALTER TABLE ticket_event ADD CONSTRAINT ticket_event_legal_step CHECK (legal_step(kind, state_before, state_after));

-- A ticket changes its state only together with the event that says so; the event's own check says that it may.
CREATE FUNCTION state_follows_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.version <> OLD.version + 1 OR NOT EXISTS (
       SELECT FROM ticket_event e
        WHERE e.ticket_id = NEW.id AND e.version = NEW.version
          AND e.state_before = OLD.state AND e.state_after = NEW.state) THEN
    RAISE EXCEPTION 'a ticket changes its state by an event only' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ticket_state_follows_event AFTER UPDATE ON ticket
  FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION state_follows_event();

-- A ticket is merged into an open one, which a merged one is not; the lock makes two merges into each other impossible.
CREATE FUNCTION master_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  is_open boolean;
BEGIN
  SELECT t."open" INTO is_open FROM ticket t WHERE t.id = NEW.master FOR UPDATE;
  IF is_open IS NOT TRUE THEN
    RAISE EXCEPTION 'a ticket is merged into an open one' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ticket_master_is_open BEFORE UPDATE ON ticket
  FOR EACH ROW WHEN (NEW.master IS NOT NULL AND OLD.master IS DISTINCT FROM NEW.master)
  EXECUTE FUNCTION master_is_open();
