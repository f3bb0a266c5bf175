-- Why: what was still open in the closed loop. Each section says what it is for.

-- Callers of a merged ticket are asked about the result that is there when the ticket is closed: when the work was sent
-- back or the ticket reopened after they were asked, they are asked again.
CREATE OR REPLACE FUNCTION callers_were_asked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    WITH RECURSIVE merged AS (
      SELECT t.id, t.reporter, t.flags, t.life FROM ticket t WHERE t.master = NEW.id
      UNION ALL
      SELECT t.id, t.reporter, t.flags, t.life FROM ticket t JOIN merged m ON t.master = m.id)
    SELECT FROM merged m
     WHERE m.reporter IN ('CALLER','CONFIDENTIAL_CALLER')
       AND NOT ('ASKED' = ANY (m.flags) AND coalesce((m.life ->> 'askedRound')::int, 0) = NEW.reworks)) THEN
    RAISE EXCEPTION 'a caller of a merged ticket was not asked' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

-- Type and urgency of a ticket may change. Whoever writes the event need not name the columns: they follow from it.
CREATE FUNCTION matter_follows_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE ticket
     SET type = NEW.data::jsonb ->> 'type', urgency = NEW.data::jsonb ->> 'urgency'
   WHERE id = NEW.ticket_id;
  RETURN NULL;
END $$;
CREATE TRIGGER ticket_event_matter AFTER INSERT ON ticket_event
  FOR EACH ROW WHEN (NEW.kind = 'MatterChanged') EXECUTE FUNCTION matter_follows_event();

-- Whoever judges did not do it: nobody who handled a ticket checks it or asks its caller, nobody who checked it asks, and
-- nobody signs or sends back what they drafted or signed. The program asks for more (their units); persons are held here.
CREATE FUNCTION others_judge() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  step text;
  who bigint[];
BEGIN
  SELECT e.kind, array_remove(ARRAY[e.user_id, (e.data::jsonb ->> 'actingFor')::bigint], NULL) INTO step, who
    FROM ticket_event e WHERE e.ticket_id = NEW.id AND e.version = NEW.version;
  IF OLD.state IN ('CHECKING', 'REVISITING') AND step IN ('ResultChecked', 'CallerRevisited', 'TicketReworked')
     AND (who && OLD.handlers OR (OLD.state = 'REVISITING' AND who && OLD.checkers)) THEN
    RAISE EXCEPTION 'whoever handled or checked a ticket does not judge it'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF OLD.life ? 'draft'
     AND step IN ('DraftSigned', 'DraftSentBack', 'FeedbackGiven', 'TicketReturned', 'ExtensionAsked')
     AND EXISTS (SELECT FROM jsonb_array_elements_text(OLD.life #> '{draft,hands}') AS hand
                  WHERE hand::bigint = ANY (who)) THEN
    RAISE EXCEPTION 'nobody signs what they drafted or signed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ticket_others_judge AFTER UPDATE ON ticket
  FOR EACH ROW WHEN (NEW.version > OLD.version AND (OLD.state IN ('CHECKING', 'REVISITING') OR OLD.life ? 'draft'))
  EXECUTE FUNCTION others_judge();

-- A request to forget somebody names in whose stead it was made, and can be taken back by who made it.
ALTER TABLE erasure ADD COLUMN requested_for bigint;
ALTER TABLE erasure DROP CONSTRAINT erasure_state_check;
ALTER TABLE erasure
  ADD CONSTRAINT erasure_state_check CHECK (state IN ('REQUESTED','REFUSED','WITHDRAWN','APPROVED','DONE')),
  ADD CONSTRAINT erasure_others_decide CHECK (decided_by IS DISTINCT FROM requested_for OR decided_by IS NULL);

-- The table of steps with those of this version; a test compares the two.
CREATE OR REPLACE FUNCTION legal_step(kind text, before text, after text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
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
    WHEN 'MatterChanged' THEN coalesce(before, '') || '>' || after IN (
      'REGISTERED>REGISTERED',
      'VERIFYING>VERIFYING',
      'PENDING_FILING>PENDING_FILING',
      'PENDING_DISPATCH>PENDING_DISPATCH',
      'PENDING_SIGN>PENDING_SIGN',
      'RETURN_REVIEW>RETURN_REVIEW',
      'ARBITRATION>ARBITRATION',
      'HANDLING>HANDLING',
      'SUSPENDED>SUSPENDED',
      'FEEDBACK_REVIEW>FEEDBACK_REVIEW')
    WHEN 'TicketSplit' THEN coalesce(before, '') || '>' || after IN (
      'REGISTERED>REGISTERED',
      'PENDING_FILING>PENDING_FILING',
      'PENDING_DISPATCH>PENDING_DISPATCH',
      'PENDING_SIGN>PENDING_SIGN',
      'HANDLING>HANDLING')
    ELSE (before = after) IS TRUE END;
END $$;
