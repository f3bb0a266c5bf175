package org.gridline.dispatch.ticket;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.event.Fact;

/**
 * The closed loop as a table of (from, action, to, who, guard, clock). Rows with the same from and
 * action differ in their guard, and at most one guard of them holds for any ticket and action.
 * Source: domain page §3 and §13. The rows stand by stage in {@link IntakeRows}, {@link
 * DispatchRows}, {@link HandlingRows}, {@link SignOffRows}, {@link JointRows}, {@link CheckingRows}
 * {@link ParentRows} and {@link FlagRows}.
 */
public final class Lifecycle {
  private Lifecycle() {}

  /**
   * One permitted step.
   *
   * @param event the kind of event that it makes
   */
  public record Row(
      TicketState from,
      ActionKind action,
      TicketState to,
      Who who,
      Guard guard,
      List<ClockEffect> clocks,
      String event) {
    public Row {
      clocks = List.copyOf(clocks);
    }

    /** Says something else than its action usually does. */
    Row as(Class<? extends Fact> fact) {
      return new Row(from, action, to, who, guard, clocks, fact.getSimpleName());
    }

    Row by(Who those) {
      return new Row(from, action, to, those, guard, clocks, event);
    }

    Row when(Guard condition) {
      return new Row(from, action, to, who, condition, clocks, event);
    }

    Row with(ClockEffect... effects) {
      List<ClockEffect> more = new ArrayList<>(clocks);
      more.addAll(Arrays.asList(effects));
      return new Row(from, action, to, who, guard, more, event);
    }

    Row stop(Clock... stopped) {
      return with(Arrays.stream(stopped).map(ClockEffect.Stop::new).toArray(ClockEffect[]::new));
    }

    Row pause(Clock... paused) {
      return with(Arrays.stream(paused).map(ClockEffect.Pause::new).toArray(ClockEffect[]::new));
    }

    Row resume(Clock... resumed) {
      return with(Arrays.stream(resumed).map(ClockEffect.Resume::new).toArray(ClockEffect[]::new));
    }

    Row start(Clock clock) {
      return with(new ClockEffect.Start(clock));
    }
  }

  /** Who may take a step, beyond having the action's permission. */
  public enum Who {
    PERMITTED("有此权限者", "whoever has the permission"),
    OWNER("承办单位或其上级单位", "the owning unit or one above it"),
    /** A street, zone or community unit that owns it. */
    LOCAL_OWNER("街道、社区等属地承办单位", "the owning street or community"),
    /** A unit that was asked to help and has not signed for it. */
    PART_ASKED("待签收的协办单位", "a unit that was asked to help"),
    /** A unit that helps and has not reported. */
    PART_SIGNED("已签收的协办单位", "a unit that helps"),
    /** The owning unit, or one that helps it. */
    OWNER_OR_PART("承办或协办单位", "the owning unit or one that helps"),
    OWNER_OR_CENTRE("承办单位或中心", "the owning unit, or the centre"),
    /** Somebody of the owning unit or above it, but not whoever asked. */
    UNIT_REVIEWER("承办单位的审核人，不是申请人", "the owning unit, but not whoever asked"),
    /** Whoever's signature the draft waits for, but nobody who drafted or signed it. */
    NEXT_SIGNER("下一审签人，非拟稿人、非已审签人", "the next signer, nobody who drafted or signed it"),
    /** Whoever has the permission, but not whoever asked for what is decided. */
    NOT_ASKER("不是申请人", "not whoever asked"),
    /**
     * The owning unit; for complaints, reports and confidential callers the centre instead, since
     * they stay unknown to the unit.
     */
    CALLERS_CONTACT("承办单位；投诉、举报、保密件由中心", "the owning unit, for hidden callers the centre"),
    /**
     * Nobody who handled it, nobody of the owning unit or of a unit above or below it, and nobody
     * of the street where it was handled.
     */
    INDEPENDENT_OF_HANDLING("未参与处置、不属承办单位和街道", "independent of the handling"),
    /** Whoever was drawn by lot, if anybody was; and independent of the handling. */
    DRAWN_CHECKER("被抽取的核查员；未抽取时为未参与处置、不属承办单位和街道者", "whom the lot fell on"),
    /** Independent of the handling, and nobody who checked it. */
    INDEPENDENT_OF_CHECKING("未参与处置和核查", "independent of handling and check"),
    /** Whoever has the permission, but not whoever reviewed the appeal first. */
    OTHER_THAN_FIRST("不是初审人", "not the first reviewer"),
    /** A rule only. */
    SYSTEM("系统", "the system");

    private final Names label;

    Who(String zh, String en) {
      this.label = new Names(zh, en);
    }

    public Names label() {
      return label;
    }
  }

  private static final List<Row> ROWS =
      Stream.of(
              IntakeRows.ROWS,
              DispatchRows.ROWS,
              HandlingRows.ROWS,
              SignOffRows.ROWS,
              JointRows.ROWS,
              CheckingRows.ROWS,
              ParentRows.ROWS,
              FlagRows.rows())
          .flatMap(List::stream)
          .toList();

  private static final Map<TicketState, List<Row>> FROM =
      ROWS.stream().collect(Collectors.groupingBy(Row::from));

  /** The whole table, in the order of the loop. */
  public static List<Row> rows() {
    return ROWS;
  }

  /** The rows that leave a state by an action; empty when the action is illegal there. */
  public static List<Row> list(TicketState from, ActionKind action) {
    return leaving(from).stream().filter(r -> r.action() == action).toList();
  }

  /** Which actions leave a state, in the table's order. */
  public static List<ActionKind> legal(TicketState from) {
    return leaving(from).stream().map(Row::action).distinct().toList();
  }

  private static List<Row> leaving(TicketState from) {
    return FROM.getOrDefault(from, List.of());
  }

  /** A row for whoever has the permission, without a condition; the rest is said after it. */
  static Row step(TicketState from, ActionKind action, TicketState to) {
    return new Row(from, action, to, Who.PERMITTED, Guard.NONE, List.of(), action.event());
  }
}
