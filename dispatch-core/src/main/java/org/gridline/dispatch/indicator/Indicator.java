package org.gridline.dispatch.indicator;

import static org.gridline.dispatch.indicator.Counting.done;
import static org.gridline.dispatch.indicator.Counting.onTime;
import static org.gridline.dispatch.indicator.Counting.perHandling;
import static org.gridline.dispatch.indicator.Counting.registered;
import static org.gridline.dispatch.indicator.Counting.revisited;
import static org.gridline.dispatch.indicator.Counting.steps;

import java.util.Arrays;
import java.util.Optional;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.indicator.Counting.Rule;

/**
 * The figures that a city is measured by; a closed vocabulary (domain page §6). Each says what
 * stands above and below the line, what is left out, and where the formula comes from.
 */
public enum Indicator {
  RESPONSE(
      "response",
      "响应率",
      "contacted",
      Source.BEIJING,
      "已联系 · said the unit got in touch",
      Below.REVISITED,
      Out.MALICIOUS,
      revisited(Counting::contacted)),
  SOLVED(
      "solved",
      "解决率",
      "solved",
      Source.BEIJING,
      "已解决 · said it is solved",
      Below.REVISITED,
      Out.MALICIOUS,
      revisited(Counting::solved)),
  SATISFIED(
      "satisfied",
      "满意率",
      "satisfied",
      Source.BEIJING,
      "满意 + 基本满意 × 0.9 · satisfied + mostly × 0.9",
      Below.REVISITED,
      Out.MALICIOUS,
      revisited(Counting.satisfied(900))),
  COMBINED(
      "combined",
      "三率综合",
      "the three combined",
      Source.BEIJING,
      "响应 10 % + 解决 50 % + 满意 40 % · weighted",
      Below.REVISITED,
      Out.MALICIOUS,
      revisited(Counting::combined)),
  FIRST_CONTACT(
      "firstContact",
      "先行联系率",
      "contacted first in time",
      Source.SHANGHAI,
      "限时内联系 · contacted in time",
      "期内签收应联系 · signed for in the period",
      "未到期且未联系 · neither contacted nor late yet",
      Counting::contactedFirst),
  ACTUALLY_SOLVED(
      "actuallySolved",
      "实际解决率",
      "actually solved",
      Source.SHANGHAI,
      "反馈为实际解决 · feedback says solved",
      "期内结案 · closed in the period",
      Out.NOTHING,
      steps("TicketClosed", Counting::solvedAtClose)),
  CITIZENS_SATISFIED(
      "citizensSatisfied",
      "市民满意率",
      "citizens satisfied",
      Source.SHANGHAI,
      "满意 + 基本满意 × 0.8 · satisfied + mostly × 0.8",
      Below.REVISITED,
      Out.MALICIOUS,
      revisited(Counting.satisfied(800))),
  FILED(
      "filed",
      "立案率",
      "filed",
      Source.GRID,
      "其中已立案 · filed up to its end",
      Below.REGISTERED,
      Out.NOTHING,
      registered(c -> c.has("TicketFiled"))),
  FILED_RIGHT(
      "filedRight",
      "准确立案率",
      "filed rightly",
      Source.GRID,
      "其中未作废 · not cancelled since",
      "期内立案 · filed in the period",
      Out.NOTHING,
      steps("TicketFiled", (c, s) -> !c.has("TicketCancelled"))),
  FILED_ON_TIME(
      "filedOnTime",
      "按时立案率",
      "filed on time",
      Source.GRID,
      Above.ON_TIME,
      "立案 + 超期未立案 · filed, or late",
      Out.EXCUSED,
      onTime(Task.FILE)),
  VERIFIED_ON_TIME(
      "verifiedOnTime",
      "按时核实率",
      "verified on time",
      Source.GRID,
      Above.ON_TIME,
      "核实 + 超期未核实 · verified, or late",
      Out.EXCUSED,
      onTime(Task.VERIFY)),
  DISPATCHED_ON_TIME(
      "dispatchedOnTime",
      "按时派遣率",
      "dispatched on time",
      Source.GRID,
      Above.ON_TIME,
      "派遣 + 超期未派遣 · dispatched, or late",
      Out.EXCUSED,
      onTime(Task.DISPATCH)),
  DISPATCHED_RIGHT(
      "dispatchedRight",
      "准确派遣率",
      "dispatched rightly",
      Source.GRID,
      "其中未被退回改派 · stayed with that unit",
      "期内派遣 · dispatched in the period",
      Out.NOTHING,
      steps("TicketDispatched", Counting::stayed)),
  FIRST_RIGHT(
      "firstRight",
      "首派准确率",
      "first dispatch right",
      Source.OURS,
      "其中未换单位 · unit never changed",
      "首派在期内 · first dispatched in the period",
      Out.NOTHING,
      Counting::firstRight),
  HANDOVERS(
      "handovers",
      "平均流转次数",
      "times handed over",
      Source.OURS,
      "派遣与裁定次数 · dispatches and rulings",
      "期内结案工单 · tickets closed in the period",
      Out.NOTHING,
      Counting::handovers),
  RETURNED(
      "returned",
      "退单率",
      "returned",
      Source.OURS,
      "其中被退单 · returned by that unit",
      "期内派遣 · dispatched in the period",
      Out.NOTHING,
      steps("TicketDispatched", Counting::returned)),
  SIGNED_ON_TIME(
      "signedOnTime",
      "按时签收率",
      "signed for on time",
      Source.OURS,
      Above.ON_TIME,
      "签收 + 超期未签收 · signed for, or late",
      Out.EXCUSED,
      onTime(Task.SIGN)),
  HANDLED(
      "handled",
      "处置率",
      "handled",
      Source.GRID,
      "处置 · handled",
      Below.HANDLING,
      Out.NOTHING,
      done(Task.HANDLE)),
  HANDLED_ON_TIME(
      "handledOnTime",
      "按期处置率",
      "handled on time",
      Source.GRID,
      Above.ON_TIME,
      Below.HANDLING,
      Out.EXCUSED,
      onTime(Task.HANDLE)),
  EXTENDED(
      "extended",
      "延期率",
      "extended",
      Source.OURS,
      "同意延期次数 · extensions granted",
      Below.HANDLING,
      Out.NOTHING,
      perHandling(s -> s.is("ExtensionGranted"))),
  REWORKED(
      "reworked",
      "返工率",
      "reworked",
      Source.GRID,
      "返工与重启次数 · times sent back or reopened",
      Below.HANDLING,
      Out.NOTHING,
      perHandling(Counting::reworks)),
  CHECKED_ON_TIME(
      "checkedOnTime",
      "按时核查率",
      "checked on time",
      Source.GRID,
      Above.ON_TIME,
      "核查 + 超期未核查 · checked, or late",
      Out.EXCUSED,
      onTime(Task.CHECK)),
  CLOSED(
      "closed",
      "结案率",
      "closed",
      Source.GRID,
      "结案 · closed",
      Below.CLOSING,
      Out.NOTHING,
      done(Task.CLOSE)),
  CLOSED_ON_TIME(
      "closedOnTime",
      "按期结案率",
      "closed on time",
      Source.GRID_AND_SHANGHAI,
      Above.ON_TIME,
      Below.CLOSING,
      Out.EXCUSED,
      onTime(Task.CLOSE)),
  CHECKS_DISAGREED(
      "checksDisagreed",
      "复核不一致率",
      "repeated checks that disagreed",
      Source.OURS,
      "其中结论不一致 · found wanting after all",
      "期内完成的复核 · checks repeated in the period",
      Out.NOTHING,
      Counting::rechecked),
  FALSE_REPLY(
      "falseReply",
      "虚假回复率",
      "false reply",
      Source.OURS,
      "其中因虚假回复重启 · reopened for a false reply since",
      "期内结案 · closed in the period",
      Out.NOTHING,
      steps(
          "TicketClosed",
          (c, s) ->
              c.of("TicketReopened")
                  .anyMatch(
                      r -> r.version() > s.version() && r.datum("ground").equals("falseReply")))),
  REPEATED(
      "repeated",
      "重复诉求率",
      "repeated",
      Source.OURS,
      "其中标记重复 · marked as a repeat",
      Below.REGISTERED,
      Out.NOTHING,
      registered(c -> c.marked("REPEAT"))),
  MERGED(
      "merged",
      "并案率",
      "merged",
      Source.OURS,
      "其中已并案 · merged",
      Below.REGISTERED,
      Out.NOTHING,
      registered(Counting::merged)),
  ANSWERED(
      "answered",
      "在线解答率",
      "answered at once",
      Source.HOTLINE,
      "其中当场答复 · answered at once",
      Below.REGISTERED,
      Out.NOTHING,
      registered(c -> c.has("TicketAnswered"))),
  SELF_HANDLED(
      "selfHandled",
      "自行处置率",
      "handled on the spot",
      Source.OURS,
      "其中自行处置 · handled by the finder",
      Below.REGISTERED,
      Out.NOTHING,
      registered(c -> c.has("TicketSelfHandled"))),
  FOUND_FIRST(
      "foundFirst",
      "主动发现率",
      "found before a citizen had to call",
      Source.OURS,
      "其中网格员上报 · reported by workers",
      Below.REGISTERED,
      Out.NOTHING,
      registered(Counting::foundByWorker));

  /** What a value is. */
  public enum Measure {
    SHARE,
    TIMES
  }

  private interface Source {
    String BEIJING = "北京接诉即办三率 · Beijing's three rates";
    String SHANGHAI = "上海四率 · Shanghai's four rates";
    String GRID = "GB/T 30428.4 之名称 · names of GB/T 30428.4";
    String GRID_AND_SHANGHAI = "GB/T 30428.4 之名称;上海按时办结率 · also Shanghai's";
    String HOTLINE = "热线常用指标 · usual for hotlines";
    String OURS = "本系统定义 · defined here";
  }

  private interface Above {
    String ON_TIME = "其中未超期 · not late";
  }

  private interface Below {
    String REVISITED = "期内有效回访工单 · tickets whose caller was reached";
    String REGISTERED = "期内登记 · registered in the period";
    String HANDLING = "处置 + 超期未处置 · handled, or late";
    String CLOSING = "结案 + 超期未结案 · closed, or late";
  }

  private interface Out {
    String NOTHING = "";
    String EXCUSED = "超时申诉成立 · appeal against lateness granted";
    String MALICIOUS = "恶意骚扰 · malicious callers";
  }

  private final String id;
  private final Names label;
  private final String source;
  private final Names numerator;
  private final Names denominator;
  private final Names exclusions;
  private final Rule rule;

  Indicator(
      String id,
      String zh,
      String en,
      String source,
      String numerator,
      String denominator,
      String exclusions,
      Rule rule) {
    this.id = id;
    this.label = new Names(zh, en);
    this.source = source;
    this.numerator = both(numerator);
    this.denominator = both(denominator);
    this.exclusions = both(exclusions);
    this.rule = rule;
  }

  private static Names both(String text) {
    int cut = text.indexOf(" · ");
    return cut < 0
        ? new Names("无", "none")
        : new Names(text.substring(0, cut), text.substring(cut + 3));
  }

  public String id() {
    return id;
  }

  public Names label() {
    return label;
  }

  public Measure measure() {
    return this == HANDOVERS ? Measure.TIMES : Measure.SHARE;
  }

  /** Whose formula it is, in both languages. */
  public String source() {
    return source;
  }

  public Names numerator() {
    return numerator;
  }

  public Names denominator() {
    return denominator;
  }

  public Names exclusions() {
    return exclusions;
  }

  void count(Course course, Period period, Tally tally) {
    rule.count(course, period, tally);
  }

  public static Optional<Indicator> find(String id) {
    return Arrays.stream(values()).filter(i -> i.id.equals(id)).findFirst();
  }
}
