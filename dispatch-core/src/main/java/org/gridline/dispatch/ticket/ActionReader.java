package org.gridline.dispatch.ticket;

import java.util.Map;
import java.util.Optional;
import org.gridline.dispatch.intake.ReportType;
import org.gridline.dispatch.intake.Urgency;
import org.gridline.dispatch.ticket.Action.Plain;
import org.gridline.dispatch.ticket.Action.Revisit;

/** Answers to an action's form as the action that they mean. */
final class ActionReader {
  private final Policy.Choices choices;

  ActionReader(Policy.Choices choices) {
    this.choices = choices;
  }

  Action read(ActionKind kind, Map<String, Object> answers) {
    Answers a = new Answers(answers);
    return switch (kind) {
      case ANSWER -> new Action.Answer(a.code("article"), a.text("words"));
      case PROPOSE_REJECT -> rejection(a);
      case VERIFY_DONE ->
          new Action.VerifyDone(a.chosen("result", choices.verifyResults()), a.text("words"));
      case SELF_HANDLE ->
          new Action.SelfHandle(a.category("category"), Optional.empty(), a.text("words"));
      case ACCEPT -> new Action.Accept(a.category("category"), a.optionalText("note"));
      case MERGE -> new Action.Merge(a.text("master"), Optional.empty(), a.text("reason"));
      case SPLIT ->
          new Action.Split(
              a.given("category") ? Optional.of(a.category("category")) : Optional.empty(),
              Optional.empty(),
              a.text("words"));
      case UNDO_SPLIT -> new Action.UndoSplit(Optional.empty(), a.text("reason"));
      case FILE -> new Action.FileCase(a.text("condition"));
      case DISPATCH ->
          new Action.Dispatch(
              a.text("unit"), a.chosenIfAny("exception", choices.exceptions()), a.text("reason"));
      case CANCEL ->
          new Action.Cancel(a.chosen("ground", choices.cancelReasons()), a.text("reason"));
      case SIGN -> new Action.Sign();
      case RETURN ->
          new Action.Return(
              a.chosen("ground", choices.returnGrounds()),
              a.text("proposedUnit"),
              a.text("reason"));
      case APPROVE_RETURN -> new Action.ApproveReturn(a.optionalText("note"));
      case DENY_RETURN -> new Action.DenyReturn(a.text("reason"));
      case RULE ->
          new Action.Rule(
              a.text("unit"),
              a.chosenIfAny("exception", choices.exceptions()),
              RuleArea.find(a.chosenIfAny("becomes", ActionForm.RULE_AREAS)),
              a.text("reason"));
      case JOIN_UNIT, ASSIGN ->
          new Action.AskUnit(kind, a.text("unit"), "", a.optionalText("note"));
      case WHISTLE ->
          new Action.AskUnit(
              kind, a.text("unit"), a.chosen("why", choices.whistles()), a.text("reason"));
      case RELEASE_UNIT -> new Action.ReleaseUnit(a.text("unit"), a.text("reason"));
      case CO_REPORT ->
          new Action.CoReport(a.chosen("result", choices.feedbackResults()), a.text("words"));
      case REVISIT_MERGED -> new Action.RevisitMerged(revisit(a), 0, a.optionalText("note"));
      case CONTACT -> contact(a);
      case LINK_PARENT ->
          new Action.LinkParent(
              a.neededCode("number"),
              a.moment("dueAt"),
              a.chosen("replyForm", choices.replyForms()),
              a.optionalText("note"));
      case PARENT_REVISIT -> new Action.ParentRevisit(revisit(a), a.optionalText("note"));
      case RETURN_TO_PARENT ->
          new Action.ReturnToParent(a.chosen("ground", choices.parentGrounds()), a.text("reason"));
      case REQUEST_EXTENSION ->
          new Action.RequestExtension(
              Share.find(a.chosen("share", ActionForm.SHARES)).orElseThrow(), a.text("reason"));
      case REQUEST_SUSPENSION ->
          new Action.RequestSuspension(
              a.chosen("ground", choices.suspensionReasons()), a.day("resumeOn"), a.text("reason"));
      case REVIEW_EXTENSION, REVIEW_APPEAL, DECIDE_APPEAL ->
          new Action.Judge(
              kind,
              Verdict.find(a.chosen("verdict", ActionForm.VERDICTS)).orElseThrow(),
              a.text("reason"));
      case FEEDBACK ->
          new Action.Feedback(a.chosen("result", choices.feedbackResults()), a.text("words"));
      case PASS, CHECK -> new Action.Drawing(kind, Optional.empty(), a.optionalText("note"));
      case REDRAW_CHECKER -> new Action.Drawing(kind, Optional.empty(), a.text("reason"));
      case REVISIT -> new Action.Revisit(revisit(a), a.optionalText("note"));
      case CLOSE ->
          new Action.Close(a.chosen("condition", choices.closings()), a.optionalText("note"));
      case REWORK -> new Action.Rework(a.text("reason"));
      case REOPEN ->
          new Action.Reopen(
              ReopenGround.find(a.chosen("ground", ActionForm.REOPEN_GROUNDS)).orElseThrow(),
              a.text("reason"));
      case SUPERVISE ->
          new Action.Supervise(
              Integer.parseInt(a.chosen("level", ActionForm.LEVELS)), a.text("reason"));
      case RECLASSIFY ->
          new Action.Reclassify(
              ReportType.find(a.chosenIfAny("type", choices.types())),
              Urgency.find(a.chosenIfAny("urgency", choices.urgencies())),
              a.given("category") ? Optional.of(a.category("category")) : Optional.empty(),
              a.text("reason"));
      case MARK_REPEAT, MARK_MALICIOUS ->
          new Action.Mark(
              kind,
              a.yes("marked") ? Action.Mark.Change.SET : Action.Mark.Change.CLEARED,
              a.optionalText("note"));
      case DECLINE_REJECT,
          UNDO_MERGE,
          SEND_BACK,
          ESCALATE,
          REFUSE_EXTENSION,
          REFUSE_SUSPENSION,
          OBJECT,
          DISMISS_OBJECTION,
          REFUSE_DRAFT,
          PARENT_WITHDREW,
          APPEAL ->
          new Plain(kind, a.text("reason"));
      case CONFIRM_REJECT,
          REQUEST_VERIFY,
          CO_SIGN,
          SIGN_OFF,
          GRANT_EXTENSION,
          GRANT_SUSPENSION,
          RESUME,
          ARCHIVE,
          URGE,
          KEEP_CONFIDENTIAL ->
          new Plain(kind, a.optionalText("note"));
    };
  }

  private static Action rejection(Answers a) {
    Refusal outcome = Refusal.find(a.chosen("outcome", ActionForm.REFUSALS)).orElseThrow();
    String route = a.optionalText("route");
    if (outcome.routes().isEmpty() ? !route.isEmpty() : !routed(outcome, route)) {
      throw Answers.wrong(
          "route",
          "此处理方式可选 · for this outcome one of "
              + outcome.routes().stream().map(Refusal.Route::id).toList());
    }
    return new Action.ProposeReject(outcome, route, a.text("reason"));
  }

  private static boolean routed(Refusal outcome, String route) {
    return outcome.routes().stream().anyMatch(r -> r.id().equals(route));
  }

  private static Action contact(Answers a) {
    boolean contacted = a.yes("contacted");
    return new Action.Contact(
        contacted ? Action.Contact.Made.YES : Action.Contact.Made.NO,
        a.code("call"),
        contacted ? a.optionalText("note") : a.text("note"));
  }

  private Revisit.Answer revisit(Answers a) {
    if (!a.yes("reached")) return new Revisit.Answer.Unreached();
    return new Revisit.Answer.Reached(
        a.yes("contacted") ? Revisit.Contacted.YES : Revisit.Contacted.NO,
        a.yes("solved") ? Revisit.Outcome.SOLVED : Revisit.Outcome.UNSOLVED,
        a.chosen("satisfaction", choices.satisfaction()));
  }
}
