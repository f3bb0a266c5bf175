package org.gridline.dispatch.component;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.component.Component.Origin;
import org.gridline.dispatch.component.Components.Incoming;
import org.gridline.dispatch.component.Components.Tally;
import org.gridline.dispatch.event.Actor;
import org.gridline.dispatch.people.Permission;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.place.Places;
import org.gridline.dispatch.route.UnitTree;
import org.gridline.gis.position.CoordinateSystem;

/**
 * Takes a file into the register, row by row: a row that does not fit is refused with its line and
 * the reason, and the others go on. The same file again changes nothing. Thread-safe; call where
 * waiting is allowed.
 */
public final class ImportComponents {
  /** Rows of one statement; each writes within a fraction of the log's horizon. */
  private static final int CHUNK = 200;

  /** So many codes are remembered to find duplicates; a larger register comes in several files. */
  public static final int MOST_ROWS = 500_000;

  /** Refused ones count here too. */
  private static final long MOST_READ = 2L * MOST_ROWS;

  /** So many refused rows are told one by one; the rest are counted. */
  public static final int MOST_TOLD = 1_000;

  private final Components components;
  private final ComponentRules rules;
  private final Supplier<Places> ground;
  private final UnitTree units;
  private final ZoneId zone;
  private final InstantSource clock;

  public ImportComponents(
      Components components,
      ComponentRules rules,
      Supplier<Places> ground,
      UnitTree units,
      ZoneId zone,
      InstantSource clock) {
    this.components = components;
    this.rules = rules;
    this.ground = ground;
    this.units = units;
    this.zone = zone;
    this.clock = clock;
  }

  /**
   * How a file is meant.
   *
   * @param source where the rows come from, when they don't say it themselves
   */
  public record Form(CoordinateSystem system, String source, Origin origin) {
    /** The same for a file that says its system itself. */
    public Form in(CoordinateSystem other) {
      return new Form(other, source, origin);
    }
  }

  /** A row that was refused. {@code code} is what stood there, shortened. */
  public record Rejected(long line, String code, String reason) {}

  /**
   * How far it is.
   *
   * @param rejected of these the first are in {@code told}
   */
  public record Report(long accepted, long rejected, Tally tally, List<Rejected> told) {
    public Report {
      told = List.copyOf(told);
    }

    public static Report nothing() {
      return new Report(0, 0, Tally.nothing(), List.of());
    }
  }

  /**
   * @throws Failure {@code not_permitted}
   */
  public static void check(User by) {
    if (!by.may(Permission.Right.IMPORT_COMPONENTS)) {
      throw new Failure(
          FailureCode.NOT_PERMITTED, "您的岗位不能导入部件 · your role does not import components");
    }
  }

  /** For somebody who may. */
  public Report take(Iterator<FileRow> rows, Form form, User by, Consumer<Report> progress) {
    check(by);
    return take(rows, form, new Actor.Person(by.id(), by.unit()), progress);
  }

  /** For the pack's own file, which no person brings. */
  public Report takePack(Iterator<FileRow> rows, Form form) {
    return take(rows, form, new Actor.Rule("city-pack"), report -> {});
  }

  private Report take(Iterator<FileRow> rows, Form form, Actor by, Consumer<Report> progress) {
    Run run = new Run(form, by);
    for (long read = 1; rows.hasNext(); read++) {
      if (read > MOST_READ)
        throw new Failure(
            FailureCode.PAYLOAD_TOO_LARGE,
            "文件行数过多,请分开导入 · too many rows, import them in several files");
      run.take(rows.next());
      if (run.chunk.size() >= CHUNK) run.write();
      if (read % CHUNK == 0) progress.accept(run.report());
    }
    run.write();
    return run.report();
  }

  /** One file. Used by one thread. */
  private final class Run {
    private final RowReader reader;
    private final Actor by;
    private final Instant at = clock.instant();
    private final Set<String> seen = new HashSet<>();
    private final List<Incoming> chunk = new ArrayList<>();
    private final List<Rejected> told = new ArrayList<>();
    private long accepted;
    private long rejected;
    private Tally tally = Tally.nothing();

    Run(Form form, Actor by) {
      this.reader = new RowReader(rules, ground.get(), units, form, LocalDate.ofInstant(at, zone));
      this.by = by;
    }

    void take(FileRow row) {
      try {
        if (seen.size() >= MOST_ROWS)
          throw new IllegalArgumentException(
              "一次最多 " + MOST_ROWS + " 行 · at most " + MOST_ROWS + " rows a file");
        Incoming incoming = reader.read(row);
        if (!seen.add(incoming.component().code().text()))
          throw new IllegalArgumentException("标识码在文件中重复 · this code is there twice");
        chunk.add(incoming);
      } catch (IllegalArgumentException wrong) {
        rejected++;
        if (told.size() < MOST_TOLD)
          told.add(
              new Rejected(
                  row.line(),
                  RowReader.shortened(row.text("code")),
                  String.valueOf(wrong.getMessage())));
      }
    }

    void write() {
      tally = tally.plus(components.take(chunk, by, at));
      accepted += chunk.size();
      chunk.clear();
    }

    Report report() {
      return new Report(accepted, rejected, tally, told);
    }
  }
}
