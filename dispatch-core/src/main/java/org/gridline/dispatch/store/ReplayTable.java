package org.gridline.dispatch.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gridline.dispatch.event.Fact;
import org.gridline.dispatch.ticket.TicketState;

/**
 * What each kind of event does to a ticket, beside what all do (state, unit, version, time): one
 * row a {@link Fact}. This is the second reckoning of what {@code Decide} did when the event was
 * written, from what was written down alone. A new fact needs a row here, and a test says so.
 */
final class ReplayTable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Changes what is known by an event; the ticket still stands before it. */
  interface Step {
    void apply(Replay ticket, CopyRow event);
  }

  private static final Step NOTHING = (t, e) -> {};

  private static final Map<String, Step> STEPS = new HashMap<>();

  static {
    row("TicketRegistered", (t, e) -> t.registered(e, data(e)));
    row("TicketAnswered", NOTHING);
    row("VerificationAsked", NOTHING);
    row("VerificationDone", NOTHING);
    row("RejectionProposed", (t, e) -> asked("REJECTION", t, e, "outcome", "route", ""));
    row("RejectionDeclined", ReplayTable::decided);
    row("TicketRejected", ReplayTable::decided);
    row("TicketCancelled", (t, e) -> t.life.drop("draft"));
    row("TicketAccepted", ReplayTable::accepted);
    row(
        "TicketSelfHandled",
        (t, e) -> {
          accepted(t, e);
          owned(t, e);
          t.handledBy(e);
          t.life.set("SELF_HANDLED");
          t.life.drawn(data(e), 0);
        });
    row("TicketFiled", ReplayTable::decided);
    row("TicketSentBack", (t, e) -> t.life.set("SENT_BACK"));
    row(
        "TicketMerged",
        (t, e) -> {
          t.life.put("mergedFrom", t.state);
          t.master = data(e).path("master").asLong();
        });
    row("TicketSplit", (t, e) -> t.life.split(data(e).path("part").asLong()));
    row("TicketSplitOff", (t, e) -> t.life.put("origin", data(e).path("origin").asLong()));
    row("MergedCallerAsked", ReplayTable::mergedCallerAsked);
    row(
        "MergeUndone",
        (t, e) -> {
          t.life.drop("mergedFrom", "askedRound");
          t.life.clear("ASKED");
          t.master = 0;
          t.revisitTries = 0;
        });
    row(
        "TicketDispatched",
        (t, e) -> {
          owned(t, e);
          t.life.dispatched(e);
        });
    row("TicketSigned", Replay::handledBy);
    row(
        "TicketReturned",
        (t, e) -> {
          decided(t, e);
          t.life.drop("draft");
          t.handledBy(e);
          t.returns++;
          t.returnedFrom = t.state;
        });
    row(
        "ReturnApproved",
        (t, e) -> {
          t.returnedFrom = "";
          t.ground = Optional.empty();
          t.life.drop("parts");
          t.life.misdispatched();
        });
    row("ReturnDenied", (t, e) -> t.returnedFrom = "");
    row("DisputeEscalated", NOTHING);
    row("DisputeRuled", ReplayTable::ruled);
    row(
        "UnitAsked",
        (t, e) -> {
          t.life.helper(datum(e, "unit"), datum(e, "part"));
          t.life.set("JOINT");
        });
    row("UnitReleased", (t, e) -> t.life.released(datum(e, "unit")));
    row("PartSigned", (t, e) -> part(t, e, "SIGNED"));
    row("PartReported", (t, e) -> part(t, e, "REPORTED"));
    row(
        "CallerContacted",
        (t, e) -> {
          if (datum(e, "outcome").equals("contacted")) t.life.set("CONTACTED");
        });
    row(
        "ExtensionAsked",
        (t, e) -> {
          asked("EXTENSION", t, e, "share", "", "");
          t.life.drop("draft");
          if (!data(e).path("signedBy").isEmpty()) t.handledBy(e);
          t.life.signedRequest(data(e).path("signedBy"));
        });
    row(
        "DraftMade",
        (t, e) -> {
          t.life.drafted(data(e), e.number(LoggedEvent.USER));
          t.life.signed(e.number(LoggedEvent.USER), actingFor(e), 0);
          t.handledBy(e);
        });
    row(
        "DraftSigned",
        (t, e) -> {
          t.life.signed(e.number(LoggedEvent.USER), actingFor(e), 1);
          t.handledBy(e);
        });
    row(
        "DraftSentBack",
        (t, e) -> {
          t.life.drop("draft");
          t.handledBy(e);
        });
    row("ExtensionReviewed", (t, e) -> t.life.reviewed(supports(e)));
    row(
        "ExtensionGranted",
        (t, e) -> {
          decided(t, e);
          t.life.count("extensions");
          t.life.set("EXTENDED");
        });
    row("ExtensionRefused", ReplayTable::decided);
    row("SuspensionAsked", (t, e) -> asked("SUSPENSION", t, e, "reason", "", "resumeOn"));
    row(
        "SuspensionGranted",
        (t, e) -> {
          decided(t, e);
          t.life.put("resumeOn", datum(e, "resumeOn"));
          t.life.set("SUSPENDED_ONCE");
        });
    row("SuspensionRefused", ReplayTable::decided);
    row("HandlingResumed", (t, e) -> t.life.drop("resumeOn"));
    row(
        "FeedbackGiven",
        (t, e) -> {
          decided(t, e);
          t.life.drop("draft");
          t.handledBy(e);
        });
    row("FeedbackPassed", (t, e) -> t.life.drawn(data(e), 0));
    row(
        "ResultChecked",
        (t, e) -> {
          t.checkedBy(e);
          t.life.drawn(data(e), t.life.checker("checker"));
        });
    row("CheckerRedrawn", (t, e) -> t.life.drawn(data(e), t.life.checker("repeats")));
    row("CallerRevisited", ReplayTable::revisited);
    row(
        "TicketReworked",
        (t, e) -> {
          t.life.drop("check");
          t.reworked();
        });
    row(
        "TicketClosed",
        (t, e) -> {
          t.life.at("closedAt", e);
          t.life.clear("OBJECTED", "OBJECTION_SETTLED");
        });
    row(
        "TicketReopened",
        (t, e) -> {
          t.life.drop("closedAt");
          t.life.clear("OBJECTED", "OBJECTION_SETTLED");
          if (datum(e, "ground").equals("falseReply")) t.life.set("FALSE_CLOSING");
          t.reworked();
        });
    row("ObjectionRaised", (t, e) -> t.life.set("OBJECTED"));
    row(
        "ObjectionDismissed",
        (t, e) -> {
          t.life.clear("OBJECTED");
          t.life.set("OBJECTION_SETTLED");
        });
    row(
        "AppealFiled",
        (t, e) -> {
          t.life.put("appeal", "FILED");
          t.life.set("APPEALED");
        });
    row(
        "AppealReviewed",
        (t, e) -> {
          t.life.put("appeal", supports(e) ? "SUPPORTED" : "REFUSED");
          t.life.put("appealReviewer", e.number(LoggedEvent.USER));
        });
    row(
        "AppealDecided",
        (t, e) -> {
          t.life.put("appeal", supports(e) ? "GRANTED" : "REFUSED");
          if (supports(e)) t.life.set("APPEAL_GRANTED");
        });
    row("ParentLinked", (t, e) -> t.life.parentLinked(data(e), e));
    row("ParentRevisited", (t, e) -> t.life.parentRevisited(data(e)));
    row("ParentReturned", (t, e) -> t.life.parentEnded("returned"));
    row("ParentWithdrew", (t, e) -> t.life.parentEnded("withdrawn"));
    row("TicketArchived", NOTHING);
    row(
        "TicketUrged",
        (t, e) -> {
          t.life.count("urges");
          t.life.set("URGED");
        });
    row(
        "TicketSupervised",
        (t, e) -> {
          t.life.put("supervision", data(e).path("level").asInt());
          t.life.set("SUPERVISED");
        });
    row(
        "TicketMarked",
        (t, e) -> {
          if (datum(e, "change").equals("set")) t.life.set(datum(e, "mark"));
          else t.life.clear(datum(e, "mark"));
        });
    row("ConfidentialityKept", (t, e) -> t.reporter = datum(e, "reporter"));
    row("MatterChanged", ReplayTable::matterChanged);
    row("PersonErased", NOTHING);
    row("ClockWarned", NOTHING);
    row("ClockOverdue", NOTHING);
    row("ClockEscalated", NOTHING);
  }

  /** Frequent kinds whose data say nothing of the ticket as it stands. */
  static final List<String> SILENT =
      List.of("FeedbackGiven", "ClockWarned", "ClockOverdue", "ClockEscalated");

  private ReplayTable() {}

  /** By name and not by class, so that an old log can be replayed when a fact is gone. */
  private static void row(String fact, Step step) {
    STEPS.put(fact, step);
  }

  /** What an event of that kind does; empty for a kind that nobody here knows. */
  static Optional<Step> find(String kind) {
    return Optional.ofNullable(STEPS.get(kind));
  }

  private static void accepted(Replay t, CopyRow e) {
    JsonNode data = data(e);
    t.category = data.path("categoryKind").asText() + ":" + data.path("categoryCode").asText();
    t.perhapsCategory = Optional.empty();
    decided(t, e);
    if (e.says(LoggedEvent.KIND, "TicketAccepted")) t.life.clear("SENT_BACK");
  }

  private static void matterChanged(Replay t, CopyRow e) {
    JsonNode data = data(e);
    t.type = data.path("type").asText();
    t.urgency = data.path("urgency").asText();
    String kind = data.path("categoryKind").asText();
    t.category = kind.isEmpty() ? "" : kind + ":" + data.path("categoryCode").asText();
    t.perhapsCategory = Optional.empty();
    if (!data.path("reporter").asText().isEmpty()) t.reporter = data.path("reporter").asText();
  }

  private static void owned(Replay t, CopyRow e) {
    t.ground = Optional.of(data(e).path("ground"));
  }

  private static void asked(
      String kind, Replay t, CopyRow e, String what, String more, String until) {
    JsonNode data = data(e);
    t.life.asked(
        kind, t, e, data.path(what).asText(), data.path(more).asText(), data.path(until).asText());
  }

  /** Whatever was asked for waits no more. */
  private static void decided(Replay t, CopyRow e) {
    t.life.drop("request");
  }

  private static void ruled(Replay t, CopyRow e) {
    owned(t, e);
    if (!datum(e, "unit").equals(t.unit)) t.life.misdispatched();
    t.returnedFrom = "";
    t.life.drop("parts");
    t.life.set("RULED");
    t.life.dispatched(e);
  }

  private static void part(Replay t, CopyRow e, String step) {
    t.life.helperAt(datum(e, "unit"), step);
    t.handledBy(e);
  }

  private static void mergedCallerAsked(Replay t, CopyRow e) {
    long round = data(e).path("round").asLong();
    if (round != t.life.number("askedRound")) {
      t.life.clear("ASKED");
      t.life.put("askedRound", round);
      t.revisitTries = 0;
    }
    if (datum(e, "answer").equals("unreached")) t.revisitTries++;
    if (datum(e, "done").equals("yes")) t.life.set("ASKED");
  }

  private static void revisited(Replay t, CopyRow e) {
    if (datum(e, "answer").equals("unreached")) t.revisitTries++;
    else t.revisitTries = 0;
    if (e.says(LoggedEvent.STATE_AFTER, TicketState.HANDLING.name())) t.reworked();
  }

  private static long actingFor(CopyRow e) {
    return data(e).path("actingFor").asLong();
  }

  private static boolean supports(CopyRow e) {
    return datum(e, "verdict").equals("support");
  }

  private static String datum(CopyRow e, String member) {
    return data(e).path(member).asText();
  }

  static JsonNode data(CopyRow e) {
    return e.json(LoggedEvent.DATA);
  }

  /** What can't be read says nothing, and then the row differs from what is known. */
  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException damaged) {
      return JSON.missingNode();
    }
  }
}
