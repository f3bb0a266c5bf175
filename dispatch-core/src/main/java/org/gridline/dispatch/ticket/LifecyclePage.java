package org.gridline.dispatch.ticket;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.ticket.Lifecycle.Row;

/**
 * The table as people read it, and as the database holds it. The committed page {@code
 * docs/lifecycle.md} and the migration are compared with this by tests.
 */
public final class LifecyclePage {
  private LifecyclePage() {}

  /**
   * Prints the page, or with the word {@code sql} the body of the database's {@code legal_step}.
   */
  public static void main(String[] args) {
    byte[] text =
        (args.length == 1 && args[0].equals("sql") ? sql() : page())
            .getBytes(StandardCharsets.UTF_8);
    System.out.write(text, 0, text.length);
    System.out.flush();
  }

  /** A page of Markdown in Chinese and English. */
  public static String page() {
    StringBuilder out = new StringBuilder();
    out.append(
        """
        # 工单流程 · The life of a ticket

        <!-- Made from the table in dispatch.ticket.Lifecycle; don't edit. A test says how to make it anew. -->

        本页由程序中的流程表生成。城市包的 `lifecycle.yaml` 可停用动作、设定次数与期限，`roles.yaml` 决定谁可以做；不能增加状态。

        *Made from the table in the program. A city's `lifecycle.yaml` switches actions off and sets counts and windows,
        its `roles.yaml` says who may do what; states are never added.*

        ```mermaid
        stateDiagram-v2
          [*] --> REGISTERED
        """);
    arrows().forEach((arrow, actions) -> out.append("  " + arrow + " : " + actions + "\n"));
    out.append("```\n\n## 状态 · States\n\n");
    out.append("| | 中文 | | 阶段 stage | 在办 open |\n|---|---|---|---|---|\n");
    for (TicketState s : TicketState.values())
      out.append(
          line(s.name(), s.label().zh(), s.label().en(), both(s.stage().label()), yes(s.open())));
    out.append("\n## 动作 · Actions\n\n");
    out.append(
        "| 从 from | 动作 action | 到 to | 谁 who | 条件 condition | 时钟 clocks |\n|---|---|---|---|---|---|\n");
    Set<ActionKind> everywhere = new LinkedHashSet<>();
    for (Row row : Lifecycle.rows()) {
      if (row.from() == row.to() && row.clocks().isEmpty() && inEveryOpenState(row.action())) {
        everywhere.add(row.action());
        continue;
      }
      out.append(
          line(
              row.from().name(),
              "`" + row.action().id() + "` " + both(row.action().label()),
              row.to().name(),
              row.who() == Lifecycle.Who.PERMITTED ? "" : both(row.who().label()),
              row.guard() == Guard.NONE ? "" : row.guard().name(),
              row.clocks().stream().map(LifecyclePage::effect).collect(Collectors.joining(", "))));
    }
    out.append("\n任何在办状态都可以 · in every open state: ");
    out.append(
        everywhere.stream()
            .map(a -> "`" + a.id() + "` " + both(a.label()))
            .collect(Collectors.joining("，")));
    out.append("。\n\n## 标志 · Flags\n\n");
    out.append(
        Arrays.stream(Flag.values())
            .map(f -> "`" + f.name() + "` " + both(f.label()))
            .collect(Collectors.joining(" · ")));
    out.append("\n");
    return out.toString();
  }

  /** What the database must know: kind of event, state before, state after. */
  static Set<Step> steps() {
    Set<Step> steps = new LinkedHashSet<>();
    steps.add(new Step("TicketRegistered", "", TicketState.REGISTERED.name()));
    for (Row row : Lifecycle.rows())
      steps.add(new Step(row.event(), row.from().name(), row.to().name()));
    return steps;
  }

  /** One legal step; {@code before} is empty for the first event of a ticket. */
  record Step(String kind, String before, String after) {}

  private static String sql() {
    Map<String, Set<String>> byKind = new LinkedHashMap<>();
    for (Step step : steps())
      byKind
          .computeIfAbsent(step.kind(), k -> new LinkedHashSet<>())
          .add("'" + step.before() + ">" + step.after() + "'");
    StringBuilder out = new StringBuilder("  RETURN CASE kind\n");
    byKind.forEach(
        (kind, pairs) ->
            out.append("    WHEN '" + kind + "' THEN coalesce(before, '') || '>' || after IN (\n")
                .append("      " + String.join(",\n      ", pairs) + ")\n"));
    return out.append("    ELSE (before = after) IS TRUE END;\n").toString();
  }

  private static Map<String, String> arrows() {
    Map<String, Set<String>> arrows = new LinkedHashMap<>();
    for (Row row : Lifecycle.rows()) {
      if (row.from() == row.to()) continue;
      arrows
          .computeIfAbsent(row.from() + " --> " + row.to(), a -> new LinkedHashSet<>())
          .add(row.action().label().zh());
    }
    Map<String, String> joined = new LinkedHashMap<>();
    arrows.forEach((arrow, actions) -> joined.put(arrow, String.join("、", actions)));
    return joined;
  }

  private static boolean inEveryOpenState(ActionKind action) {
    return TicketState.openStates().stream().allMatch(s -> Lifecycle.legal(s).contains(action));
  }

  private static String effect(ClockEffect effect) {
    return switch (effect) {
      case ClockEffect.Start(var clock) -> "▶ " + clock.label().zh();
      case ClockEffect.StartOnce(var clock) -> "▶ " + clock.label().zh() + "(未计时则开始)";
      case ClockEffect.StartForCaller(var clock) -> "▶ " + clock.label().zh() + "(有来电人)";
      case ClockEffect.Stop(var clock) -> "■ " + clock.label().zh();
      case ClockEffect.Pause(var clock) -> "‖ " + clock.label().zh();
      case ClockEffect.Resume(var clock) -> "▷ " + clock.label().zh();
      case ClockEffect.StopAll() -> "■ 全部 all";
      case ClockEffect.PauseAll() -> "‖ 全部 all";
      case ClockEffect.ResumeAll() -> "▷ 全部 all";
      case ClockEffect.Extend() -> "＋ 延长 extend";
      case ClockEffect.Recount() -> "⟳ 按新时限重算 recount by the new limits";
      case ClockEffect.ScheduleResume() -> "◷ 恢复日 resume day";
      case ClockEffect.ScheduleParent() -> "◷ " + Clock.PARENT.label().zh();
      case ClockEffect.ScheduleArchive() -> "◷ 归档日 archive day";
    };
  }

  private static String both(Names names) {
    return names.zh() + " " + names.en();
  }

  private static String yes(boolean so) {
    return so ? "是 yes" : "";
  }

  private static String line(String... cells) {
    return "| " + List.of(cells).stream().collect(Collectors.joining(" | ")) + " |\n";
  }
}
