package org.gridline.bench.common;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Gridline sends, read back from the server's own log, so that the bare peer writes the same
 * rows by the same statements whatever they become.
 */
public final class Recorder {
  /** A statement that wrote, with its values as the server spells them. */
  public record Sent(String sql, List<Value> values) {}

  /** One value: a text, or nothing. */
  public sealed interface Value {
    record Text(String text) implements Value {}

    record Null() implements Value {}
  }

  private static final Pattern EXECUTED =
      Pattern.compile("execute [^:]*: (?<sql>.*)", Pattern.DOTALL);
  private static final Pattern VALUE =
      Pattern.compile("\\$\\d+ = (?:(?<null>NULL)|'(?<text>(?:[^']|'')*)')", Pattern.DOTALL);
  private static final Pattern ENTRY =
      Pattern.compile("(?m)^\\d{4}-\\d\\d-\\d\\d [^\\n]*? (?<level>LOG|DETAIL): {1,2}");

  private final RunDatabase run;
  private final Path log;
  private long from;

  public Recorder(RunDatabase run) throws SQLException {
    this.run = run;
    try (Statement s = run.connection().createStatement();
        ResultSet rows = s.executeQuery("SHOW data_directory")) {
      rows.next();
      log = Path.of(rows.getString(1)).resolveSibling("postgres.log");
    }
    if (!Files.isReadable(log))
      throw new IllegalStateException("the server's log is not at " + log.getFileName());
  }

  /** New connections of this database are logged from now on. */
  public void begin() throws SQLException, IOException {
    from = Files.size(log);
    run.execute("ALTER DATABASE " + run.name() + " SET log_min_duration_statement = 0");
  }

  /** The statements that wrote into the log of events since then, in their order. */
  public List<Sent> end() throws SQLException, IOException {
    run.execute("ALTER DATABASE " + run.name() + " RESET log_min_duration_statement");
    String text;
    try (InputStream in = Files.newInputStream(log)) {
      in.skipNBytes(from);
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    List<Sent> all = new ArrayList<>();
    Matcher entry = ENTRY.matcher(text);
    List<Integer> starts = new ArrayList<>();
    List<Integer> bodies = new ArrayList<>();
    while (entry.find()) {
      starts.add(entry.start());
      bodies.add(entry.end());
    }
    starts.add(text.length());
    for (int i = 0; i + 1 < bodies.size(); i++) {
      Matcher executed = EXECUTED.matcher(text.substring(bodies.get(i), starts.get(i + 1)));
      if (!executed.find() || !executed.group("sql").contains("INSERT INTO ticket_event")) continue;
      List<Value> values = new ArrayList<>();
      Matcher value = VALUE.matcher(text.substring(bodies.get(i + 1), starts.get(i + 2)));
      while (value.find()) {
        values.add(
            value.group("null") != null
                ? new Value.Null()
                : new Value.Text(value.group("text").replace("''", "'").replace("\n\t", "\n")));
      }
      all.add(new Sent(executed.group("sql").strip(), values));
    }
    return all;
  }
}
