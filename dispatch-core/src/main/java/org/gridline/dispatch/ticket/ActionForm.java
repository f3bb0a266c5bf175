package org.gridline.dispatch.ticket;

import static org.gridline.dispatch.ticket.ActionField.Kind.BOOLEAN;
import static org.gridline.dispatch.ticket.ActionField.Kind.CATEGORY;
import static org.gridline.dispatch.ticket.ActionField.Kind.CHOICE;
import static org.gridline.dispatch.ticket.ActionField.Kind.TEXT;
import static org.gridline.dispatch.ticket.ActionField.Kind.UNIT;
import static org.gridline.dispatch.ticket.ActionField.Need.OPTIONAL;
import static org.gridline.dispatch.ticket.ActionField.Need.REQUIRED;

import java.util.List;
import java.util.Map;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.ticket.Action.Revisit;
import org.gridline.dispatch.ticket.Policy.Choice;

/** What each action asks for, and how the answers become an {@link Action}. */
public final class ActionForm {
  /** A note longer than this belongs into an attachment. */
  public static final int MOST_TEXT = 5_000;

  private static final Names NOTE = new Names("备注", "note");
  private static final Names REASON = new Names("理由", "reason");

  private final Policy.Choices choices;

  public ActionForm(Policy.Choices choices) {
    this.choices = choices;
  }

  /** The fields of an action, in the order in which they are asked. */
  public List<ActionField> fields(ActionKind kind) {
    return switch (kind) {
      case ACCEPT ->
          List.of(
              of("category", "事项类别", "category", CATEGORY, REQUIRED), text("note", NOTE, OPTIONAL));
      case FILE -> List.of(text("condition", new Names("立案条件", "filing condition"), REQUIRED));
      case DISPATCH ->
          List.of(of("unit", "承办单位", "unit", UNIT, REQUIRED), text("reason", REASON, REQUIRED));
      case SIGN -> List.of();
      case RETURN ->
          List.of(
              choice("ground", "退单依据", "ground", choices.returnGrounds()),
              of("proposedUnit", "建议承办单位", "proposed unit", UNIT, REQUIRED),
              text("reason", REASON, REQUIRED));
      case APPROVE_RETURN, PASS, CHECK -> List.of(text("note", NOTE, OPTIONAL));
      case DENY_RETURN, REWORK -> List.of(text("reason", REASON, REQUIRED));
      case FEEDBACK ->
          List.of(
              choice("result", "办理结果", "result", choices.feedbackResults()),
              text("words", new Names("办理情况", "what was done"), REQUIRED));
      case REVISIT ->
          List.of(
              of("reached", "电话是否接通", "was the caller reached", BOOLEAN, REQUIRED),
              of("contacted", "是否联系您", "did the unit contact you", BOOLEAN, OPTIONAL),
              of("solved", "是否解决", "is it solved", BOOLEAN, OPTIONAL),
              new ActionField(
                  "satisfaction",
                  new Names("是否满意", "are you satisfied"),
                  CHOICE,
                  OPTIONAL,
                  choices.satisfaction()),
              text("note", NOTE, OPTIONAL));
      case CLOSE ->
          List.of(
              choice("condition", "结案条件", "closing condition", choices.closings()),
              text("note", NOTE, OPTIONAL));
    };
  }

  /**
   * The action that the answers mean.
   *
   * @param answers by field name: text, choice id, unit code, boolean, or for a category a map of
   *     kind and code
   * @throws Failure {@code invalid_request} naming the field
   */
  public Action read(ActionKind kind, Map<String, Object> answers) {
    Answers a = new Answers(answers);
    return switch (kind) {
      case ACCEPT -> new Action.Accept(a.category("category"), a.optionalText("note"));
      case FILE -> new Action.FileCase(a.text("condition"));
      case DISPATCH -> new Action.Dispatch(a.text("unit"), a.text("reason"));
      case SIGN -> new Action.Sign();
      case RETURN ->
          new Action.Return(
              a.chosen("ground", choices.returnGrounds()),
              a.text("proposedUnit"),
              a.text("reason"));
      case APPROVE_RETURN -> new Action.ApproveReturn(a.optionalText("note"));
      case DENY_RETURN -> new Action.DenyReturn(a.text("reason"));
      case FEEDBACK ->
          new Action.Feedback(a.chosen("result", choices.feedbackResults()), a.text("words"));
      case PASS -> new Action.Pass(a.optionalText("note"));
      case CHECK -> new Action.Check(a.optionalText("note"));
      case REVISIT -> new Action.Revisit(revisit(a), a.optionalText("note"));
      case CLOSE ->
          new Action.Close(a.chosen("condition", choices.closings()), a.optionalText("note"));
      case REWORK -> new Action.Rework(a.text("reason"));
    };
  }

  private Revisit.Answer revisit(Answers a) {
    if (!a.yes("reached")) return new Revisit.Answer.Unreached();
    return new Revisit.Answer.Reached(
        a.yes("contacted") ? Revisit.Contacted.YES : Revisit.Contacted.NO,
        a.yes("solved") ? Revisit.Outcome.SOLVED : Revisit.Outcome.UNSOLVED,
        a.chosen("satisfaction", choices.satisfaction()));
  }

  private static ActionField text(String name, Names label, ActionField.Need need) {
    return new ActionField(name, label, TEXT, need, List.of());
  }

  private static ActionField of(
      String name, String zh, String en, ActionField.Kind kind, ActionField.Need need) {
    return new ActionField(name, new Names(zh, en), kind, need, List.of());
  }

  private static ActionField choice(String name, String zh, String en, List<Choice> from) {
    return new ActionField(name, new Names(zh, en), CHOICE, REQUIRED, from);
  }

  private record Answers(Map<String, Object> values) {
    String optionalText(String field) {
      Object value = values.getOrDefault(field, "");
      if (!(value instanceof String text)) throw wrong(field, "需要文字 · a text is needed");
      if (text.length() > MOST_TEXT)
        throw wrong(field, "最多 " + MOST_TEXT + " 字 · at most " + MOST_TEXT + " characters");
      return text.strip();
    }

    String text(String field) {
      String text = optionalText(field);
      if (text.isEmpty()) throw wrong(field, "必填 · needed");
      return text;
    }

    String chosen(String field, List<Choice> from) {
      String id = text(field);
      if (from.stream().noneMatch(c -> c.id().equals(id))) {
        throw wrong(field, "可选值 · one of " + from.stream().map(Choice::id).toList());
      }
      return id;
    }

    boolean yes(String field) {
      if (values.get(field) instanceof Boolean yes) return yes;
      throw wrong(field, "需要 true 或 false · true or false is needed");
    }

    CategoryKey category(String field) {
      if (values.get(field) instanceof Map<?, ?> map
          && map.get("kind") instanceof String kind
          && map.get("code") instanceof String code
          && !kind.isBlank()
          && !code.isBlank()) {
        return new CategoryKey(kind, code);
      }
      throw wrong(field, "需要 {kind, code} · kind and code are needed");
    }

    private static Failure wrong(String field, String detail) {
      return Failure.atField(FailureCode.INVALID_REQUEST, field, detail);
    }
  }
}
