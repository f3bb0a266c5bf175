package org.gridline.console.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.gridline.console.http.Traces;
import org.gridline.console.view.Json;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.store.LogVerifier.Verdict;
import org.gridline.dispatch.store.ReadOnlyLog;
import org.gridline.dispatch.store.ReadOnlyLog.Anchoring;

/**
 * {@code audit verify}: proves that the log is whole and tells how the tickets stand. Progress goes
 * to standard error, the verdict and a last line of JSON to standard output. Exit codes: 0 intact,
 * 1 broken, 2 wrong arguments, 3 could not be checked.
 *
 * <p>The environment names what to look at: {@code GRIDLINE_DATABASE_URL} and {@code
 * GRIDLINE_DATA}.
 */
public final class Audit {
  static final int INTACT = 0;
  static final int BROKEN = 1;
  static final int WRONG_ARGUMENTS = 2;
  static final int NOT_CHECKED = 3;

  private final PrintStream out;
  private final PrintStream err;

  Audit(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  public static void main(String[] arguments) {
    // Standard output belongs to the verdict. Must come before the first logger.
    System.setProperty("gridline.log.target", "System.err");
    System.setProperty("gridline.log.level", "WARN");
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    System.exit(new Audit(out, err).run(List.of(arguments), System.getenv()));
  }

  int run(List<String> arguments, Map<String, String> environment) {
    Optional<Wish> wish = Wish.read(arguments);
    if (wish.isEmpty()) {
      err.println("usage: gridline audit verify [--data DIR] [--report FILE]… [--json]");
      return WRONG_ARGUMENTS;
    }
    Optional<Path> unreadable =
        wish.get().reports().stream().filter(r -> !Files.isReadable(r)).findFirst();
    if (unreadable.isPresent()) {
      err.println("there is no report that can be read at " + unreadable.get());
      return WRONG_ARGUMENTS;
    }
    String url = Optional.ofNullable(environment.get("GRIDLINE_DATABASE_URL")).orElse("");
    String data = Optional.ofNullable(environment.get("GRIDLINE_DATA")).orElse("");
    if (url.isBlank() || data.isBlank()) {
      err.println("GRIDLINE_DATABASE_URL and GRIDLINE_DATA must be set; ./gridline audit does it");
      return WRONG_ARGUMENTS;
    }
    try {
      ReadOnlyLog log = ReadOnlyLog.open(url, Path.of(data), wish.get().reports());
      ProgressLine line = new ProgressLine(err);
      Verdict verdict = log.verifier().verify(line::at);
      double seconds = line.seconds();
      if (!wish.get().onlyJson()) tell(verdict, log.anchoring(), seconds);
      print(json(verdict, log.anchoring(), seconds));
      return verdict.broken().isPresent() ? BROKEN : INTACT;
    } catch (Exception e) {
      return notChecked(e, wish.get());
    }
  }

  /**
   * What was asked for.
   *
   * @param reports texts that repeat lines of anchors.log
   */
  private record Wish(List<Path> reports, boolean onlyJson) {
    static Optional<Wish> read(List<String> arguments) {
      if (arguments.isEmpty() || !arguments.getFirst().equals("verify")) return Optional.empty();
      List<Path> reports = new ArrayList<>();
      boolean onlyJson = false;
      for (int i = 1; i < arguments.size(); i++) {
        switch (arguments.get(i)) {
          case "--json" -> onlyJson = true;
          case "--report" -> {
            if (++i == arguments.size()) return Optional.empty();
            reports.add(Path.of(arguments.get(i)));
          }
          default -> {
            return Optional.empty();
          }
        }
      }
      return Optional.of(new Wish(reports, onlyJson));
    }
  }

  private int notChecked(Exception e, Wish wish) {
    String code = e instanceof Failure f ? f.code().id() : e.getClass().getSimpleName();
    if (!(e instanceof Failure)) err.println(Traces.withoutMessages(e));
    if (!wish.onlyJson()) {
      out.println("未能核验:无法读取日志(" + code + ")");
      out.println("NOT CHECKED: the log can't be read (" + code + ")");
    }
    print(Json.object().putNull("ok").put("error", code));
    return NOT_CHECKED;
  }

  private void tell(Verdict v, Anchoring anchoring, double seconds) {
    if (v.broken().isPresent()) {
      out.println("已被改动,第一处:" + v.broken().get());
      out.println("BROKEN, first of all: " + v.broken().get());
    } else {
      out.println("完整:事件、区块及其次序全部吻合,重放与工单现状一致");
      out.println(
          "INTACT: events, blocks and their order agree, and replaying them gives the tickets");
    }
    out.printf(
        Locale.ROOT,
        "%,d 个事件 events · %,d 件工单 tickets · %,d 个区块 blocks · %.1f s · %,.0f events/s%n",
        v.events(),
        v.tickets(),
        v.blocks(),
        seconds,
        v.events() / Math.max(seconds, 0.001));
    out.println(anchors(v, anchoring));
    if (v.unsealed() > 0) {
      out.printf(Locale.ROOT, "尚未编号 · without a position yet: %,d 个事件 events%n", v.unsealed());
    }
    if (v.otherLogs() > 0) {
      out.printf(
          Locale.ROOT,
          "另有 %,d 条锚定属于其他日志:只有数据库曾被有意恢复或重建时才正常%n"
              + "anchors of another log: %,d; right only if this database was restored or made anew on purpose%n",
          v.otherLogs(),
          v.otherLogs());
    }
  }

  private static ObjectNode json(Verdict v, Anchoring anchoring, double seconds) {
    ObjectNode json =
        Json.object()
            .put("ok", v.broken().isEmpty())
            .put("events", v.events())
            .put("tickets", v.tickets())
            .put("blocks", v.blocks())
            .put("anchors", anchoring.name().toLowerCase(Locale.ROOT))
            .put("anchored", v.blocks() - v.unanchored())
            .put("unanchored", v.unanchored())
            .put("unanchoredEvents", v.unanchoredEvents())
            .put("unsealed", v.unsealed())
            .put("otherLogs", v.otherLogs())
            .put("seconds", Math.round(seconds * 1_000) / 1e3);
    v.broken().ifPresentOrElse(what -> json.put("broken", what), () -> json.putNull("broken"));
    return json;
  }

  private void print(ObjectNode json) {
    out.println(new String(Json.bytes(json), StandardCharsets.UTF_8));
  }

  private static String anchors(Verdict v, Anchoring anchoring) {
    return switch (anchoring) {
      case COMPARED ->
          String.format(
              Locale.ROOT,
              "已锚定 anchored: %,d 个区块 blocks · 尚未锚定 not anchored yet: %,d 个区块 blocks,"
                  + " %,d 个事件 events",
              v.blocks() - v.unanchored(),
              v.unanchored(),
              v.unanchoredEvents());
      case NO_FILE -> "未与锚定比对:没有 anchors.log · not compared: there is no anchors.log";
      case NO_KEY -> "未与锚定比对:缺少 secrets/master.key · not compared: secrets/master.key is missing";
    };
  }
}
