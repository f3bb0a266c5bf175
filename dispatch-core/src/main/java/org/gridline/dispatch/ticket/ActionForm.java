package org.gridline.dispatch.ticket;

import static org.gridline.dispatch.ticket.ActionField.Kind.BOOLEAN;
import static org.gridline.dispatch.ticket.ActionField.Kind.CATEGORY;
import static org.gridline.dispatch.ticket.ActionField.Kind.CHOICE;
import static org.gridline.dispatch.ticket.ActionField.Kind.DATE;
import static org.gridline.dispatch.ticket.ActionField.Kind.TEXT;
import static org.gridline.dispatch.ticket.ActionField.Kind.TICKET;
import static org.gridline.dispatch.ticket.ActionField.Kind.TIME;
import static org.gridline.dispatch.ticket.ActionField.Kind.UNIT;
import static org.gridline.dispatch.ticket.ActionField.Need.OPTIONAL;
import static org.gridline.dispatch.ticket.ActionField.Need.REQUIRED;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.ticket.Policy.Choice;

/** What each action asks for, and how the answers become an {@link Action}. */
public final class ActionForm {
  /** A note longer than this belongs into an attachment. */
  public static final int MOST_TEXT = 5_000;

  static final List<Choice> SHARES =
      List.of(
          choice("quarter", "原时限的四分之一", "a quarter of the limit"),
          choice("half", "原时限的一半", "half of the limit"),
          choice("full", "原时限的一倍", "as much as the limit"));
  static final List<Choice> VERDICTS =
      List.of(choice("support", "同意", "support"), choice("refuse", "不同意", "refuse"));
  static final List<Choice> LEVELS =
      List.of(
          choice("1", "一级督办", "level 1"),
          choice("2", "二级督办（告知单位负责人）", "level 2, the unit's head is told"),
          choice("3", "三级督办（区领导督办）", "level 3, the district's leaders"));
  static final List<Choice> RULE_AREAS =
      List.of(
          choice("everywhere", "全市（区）", "everywhere"),
          choice("street", "本街道（园区）", "in this street"),
          choice("community", "本社区（村）", "in this community"));
  static final List<Choice> REFUSALS =
      Arrays.stream(Refusal.values()).map(r -> new Choice(r.id(), r.label())).toList();
  static final List<Choice> ROUTES =
      Arrays.stream(Refusal.Route.values()).map(r -> new Choice(r.id(), r.label())).toList();
  static final List<Choice> REOPEN_GROUNDS =
      Arrays.stream(ReopenGround.values()).map(g -> new Choice(g.id(), g.label())).toList();

  private static final Names NOTE = new Names("备注", "note");
  private static final Names REASON = new Names("理由", "reason");

  private final Policy.Choices choices;
  private final ActionReader reader;

  public ActionForm(Policy.Choices choices) {
    this.choices = choices;
    this.reader = new ActionReader(choices);
  }

  /** The fields of an action, in the order in which they are asked. */
  public List<ActionField> fields(ActionKind kind) {
    return switch (kind) {
      case ANSWER ->
          List.of(
              text("words", new Names("答复内容", "answer"), REQUIRED),
              text("article", new Names("知识库条目编号", "article of the knowledge base"), OPTIONAL));
      case PROPOSE_REJECT ->
          List.of(
              choice("outcome", "处理方式", "outcome", REFUSALS, REQUIRED),
              choice("route", "转往何处、何种途径", "number or legal route", ROUTES, OPTIONAL),
              text("reason", new Names("依据（告知来电人）", "ground, told to the caller"), REQUIRED));
      case VERIFY_DONE ->
          List.of(
              choice("result", "核实结果", "result", choices.verifyResults(), REQUIRED),
              text("words", new Names("现场情况", "what was found"), REQUIRED));
      case SELF_HANDLE ->
          List.of(category(), text("words", new Names("处置情况", "what was done"), REQUIRED));
      case ACCEPT -> List.of(category(), text("note", NOTE, OPTIONAL));
      case MERGE ->
          List.of(
              of("master", "并入的工单编号", "number of the ticket that it joins", TICKET, REQUIRED),
              text("reason", REASON, REQUIRED));
      case SPLIT ->
          List.of(
              text("words", new Names("拆出的诉求内容", "what the part is about"), REQUIRED),
              of("category", "拆出部分的类别", "class of the part", CATEGORY, OPTIONAL));
      case FILE -> List.of(text("condition", new Names("立案条件", "filing condition"), REQUIRED));
      case DISPATCH -> List.of(unit(), exception(), text("reason", REASON, REQUIRED));
      case CANCEL ->
          List.of(
              choice("ground", "作废原因", "ground", choices.cancelReasons(), REQUIRED),
              text("reason", REASON, REQUIRED));
      case SIGN -> List.of();
      case RETURN ->
          List.of(
              choice("ground", "退单依据", "ground", choices.returnGrounds(), REQUIRED),
              of("proposedUnit", "建议承办单位", "proposed unit", UNIT, REQUIRED),
              text("reason", REASON, REQUIRED));
      case RULE ->
          List.of(
              unit(),
              exception(),
              choice("becomes", "今后同类事项照此派遣", "holds as a duty rule", RULE_AREAS, OPTIONAL),
              text("reason", REASON, REQUIRED));
      case JOIN_UNIT, ASSIGN -> List.of(unit(), text("note", NOTE, OPTIONAL));
      case WHISTLE ->
          List.of(
              unit(),
              choice("why", "吹哨事由", "why", choices.whistles(), REQUIRED),
              text("reason", REASON, REQUIRED));
      case RELEASE_UNIT -> List.of(unit(), text("reason", REASON, REQUIRED));
      case CO_REPORT ->
          List.of(
              choice("result", "办理结果", "result", choices.feedbackResults(), REQUIRED),
              text("words", new Names("办理情况", "what was done"), REQUIRED));
      case CONTACT ->
          List.of(
              of("contacted", "是否已联系来电人", "was the caller contacted", BOOLEAN, REQUIRED),
              text("call", new Names("通话编号", "id of the call"), OPTIONAL),
              text("note", new Names("说明（未联系须写明原因）", "note; why not, if not"), OPTIONAL));
      case REQUEST_EXTENSION ->
          List.of(
              choice("share", "延长多久", "how much more", SHARES, REQUIRED),
              text("reason", REASON, REQUIRED));
      case REQUEST_SUSPENSION ->
          List.of(
              choice("ground", "挂账原因", "ground", choices.suspensionReasons(), REQUIRED),
              of("resumeOn", "恢复日期", "goes on again on", DATE, REQUIRED),
              text("reason", new Names("说明（告知来电人）", "reason, told to the caller"), REQUIRED));
      case REVIEW_EXTENSION, REVIEW_APPEAL, DECIDE_APPEAL ->
          List.of(
              choice("verdict", "意见", "verdict", VERDICTS, REQUIRED),
              text("reason", REASON, REQUIRED));
      case FEEDBACK ->
          List.of(
              choice("result", "办理结果", "result", choices.feedbackResults(), REQUIRED),
              text("words", new Names("办理情况", "what was done"), REQUIRED));
      case LINK_PARENT ->
          List.of(
              text("number", new Names("上级工单编号", "number on the parent platform"), REQUIRED),
              of("dueAt", "上级办结时限", "due on the parent platform", TIME, REQUIRED),
              choice("replyForm", "回复方式", "reply form", choices.replyForms(), REQUIRED),
              text("note", NOTE, OPTIONAL));
      case RETURN_TO_PARENT ->
          List.of(
              choice("ground", "退回依据", "ground", choices.parentGrounds(), REQUIRED),
              text("reason", REASON, REQUIRED));
      case REVISIT, REVISIT_MERGED, PARENT_REVISIT ->
          List.of(
              of("reached", "电话是否接通", "was the caller reached", BOOLEAN, REQUIRED),
              of("contacted", "是否联系您", "did the unit contact you", BOOLEAN, OPTIONAL),
              of("solved", "是否解决", "is it solved", BOOLEAN, OPTIONAL),
              choice("satisfaction", "是否满意", "are you satisfied", choices.satisfaction(), OPTIONAL),
              text("note", NOTE, OPTIONAL));
      case CLOSE ->
          List.of(
              choice("condition", "结案条件", "closing condition", choices.closings(), REQUIRED),
              text("note", NOTE, OPTIONAL));
      case REOPEN ->
          List.of(
              choice("ground", "重启原因", "ground", REOPEN_GROUNDS, REQUIRED),
              text("reason", REASON, REQUIRED));
      case SUPERVISE ->
          List.of(
              choice("level", "督办级别", "level", LEVELS, REQUIRED), text("reason", REASON, REQUIRED));
      case RECLASSIFY ->
          List.of(
              choice("type", "诉求类型", "type", choices.types(), OPTIONAL),
              choice("urgency", "紧急程度", "urgency", choices.urgencies(), OPTIONAL),
              of("category", "事项类别", "category", CATEGORY, OPTIONAL),
              text("reason", REASON, REQUIRED));
      case MARK_REPEAT, MARK_MALICIOUS ->
          List.of(of("marked", "是否标记", "marked", BOOLEAN, REQUIRED), text("note", NOTE, OPTIONAL));
      case DENY_RETURN,
          DECLINE_REJECT,
          UNDO_MERGE,
          UNDO_SPLIT,
          SEND_BACK,
          ESCALATE,
          REFUSE_EXTENSION,
          REFUSE_SUSPENSION,
          REDRAW_CHECKER,
          REFUSE_DRAFT,
          PARENT_WITHDREW,
          REWORK,
          OBJECT,
          DISMISS_OBJECTION,
          APPEAL ->
          List.of(text("reason", REASON, REQUIRED));
      case APPROVE_RETURN,
          CONFIRM_REJECT,
          REQUEST_VERIFY,
          CO_SIGN,
          SIGN_OFF,
          GRANT_EXTENSION,
          GRANT_SUSPENSION,
          RESUME,
          PASS,
          CHECK,
          ARCHIVE,
          URGE,
          KEEP_CONFIDENTIAL ->
          List.of(text("note", NOTE, OPTIONAL));
    };
  }

  /**
   * The action that the answers mean.
   *
   * @param answers by field name: text, choice id, unit code, boolean, a day as {@code 2026-12-31},
   *     a ticket's number, or for a category a map of kind and code
   * @throws Failure {@code invalid_request} naming the field
   */
  public Action read(ActionKind kind, Map<String, Object> answers) {
    return reader.read(kind, answers);
  }

  private static Choice choice(String id, String zh, String en) {
    return new Choice(id, new Names(zh, en));
  }

  private static ActionField unit() {
    return of("unit", "承办单位", "unit", UNIT, REQUIRED);
  }

  private ActionField exception() {
    return choice(
        "exception",
        "例外（部门事项交街道、社区须选）",
        "exception, where a street gets a department's matter",
        choices.exceptions(),
        OPTIONAL);
  }

  private static ActionField category() {
    return of("category", "事项类别", "category", CATEGORY, REQUIRED);
  }

  private static ActionField text(String name, Names label, ActionField.Need need) {
    return new ActionField(name, label, TEXT, need, List.of());
  }

  private static ActionField of(
      String name, String zh, String en, ActionField.Kind kind, ActionField.Need need) {
    return new ActionField(name, new Names(zh, en), kind, need, List.of());
  }

  private static ActionField choice(
      String name, String zh, String en, List<Choice> from, ActionField.Need need) {
    return new ActionField(name, new Names(zh, en), CHOICE, need, from);
  }
}
