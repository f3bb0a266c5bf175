package org.gridline.bench.common;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * pgbench sending the same statements with the same bytes, prepared and planned once, over TCP, on
 * the same tables, each with one row and in a commit of its own: that is what Gridline sends for
 * somebody who comes alone. No reading before a step, no rules, no hashing of facts, no sealer, and
 * no commit that several share. Only ids and keys differ from life to life.
 */
public final class Bare implements Side {
  /** Ids of one life lie closer together than this. */
  private static final int LIFE_BITS = 26;

  private static final int MOST_CONNECTIONS = 64;
  private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$(\\d+)(?:::[a-z]+(?:\\[\\])?)?");
  private static final Pattern RATE =
      Pattern.compile("tps = (?<tps>[0-9.]+) \\(without initial connection time\\)");

  private final RunDatabase run;
  private final Path pgbench;
  private final Path script;
  private int lots;

  /**
   * @param newest an id that is older than the recorded life and newer than all that stays
   */
  public Bare(RunDatabase run, Path pgbench, List<Recorder.Sent> life, long newest)
      throws IOException {
    this.run = run;
    this.pgbench = pgbench;
    StringBuilder sql = new StringBuilder();
    sql.append("\\set n :n + 1\n");
    sql.append("\\set d ((:lot * 1048576 + :n) * ")
        .append(MOST_CONNECTIONS)
        .append(" + :client_id) * ")
        .append(1L << LIFE_BITS)
        .append("\n");
    for (Recorder.Sent sent : life) sql.append(written(sent, newest)).append(";\n");
    script = Files.createTempFile("life", ".sql");
    script.toFile().deleteOnExit();
    Files.writeString(script, sql);
  }

  private static String written(Recorder.Sent sent, long newest) {
    Matcher place = PLACEHOLDER.matcher(sent.sql());
    StringBuilder sql = new StringBuilder();
    while (place.find()) {
      int number = Integer.parseInt(place.group(1));
      String cast = place.group().substring(1 + place.group(1).length());
      place.appendReplacement(
          sql, Matcher.quoteReplacement(spelled(sent.values().get(number - 1), newest) + cast));
    }
    return place.appendTail(sql).toString();
  }

  private static String spelled(Recorder.Value value, long newest) {
    return switch (value) {
      case Recorder.Value.Null() -> "NULL";
      case Recorder.Value.Text(String text) -> {
        if (isNew(text, newest)) yield moved(text);
        if (text.matches("\\{\\d+(,(\\d+|NULL))*\\}") && isNew(text.split("[{},]")[1], newest)) {
          List<String> ids = new ArrayList<>();
          for (String id : text.substring(1, text.length() - 1).split(","))
            ids.add(id.equals("NULL") ? id : moved(id));
          yield "ARRAY[" + String.join(", ", ids) + "]";
        }
        // A key of a report is used once; everything else may be there twice.
        if (text.matches("\\{" + UUID + "\\}"))
          yield "ARRAY['" + text.substring(1, text.length() - 1) + "' || (:d)::text]";
        yield "E'" + text.replace("\\", "\\\\").replace("'", "''").replace(":", "\\x3A") + "'";
      }
    };
  }

  private static boolean isNew(String text, long newest) {
    return text.matches("\\d{10,18}") && Long.parseLong(text) > newest;
  }

  private static String moved(String id) {
    return "(" + id + "::bigint + :d)";
  }

  @Override
  public double live(int lives, int connections) throws Exception {
    URI uri = URI.create(run.url());
    String[] who = uri.getUserInfo().split(":", 2);
    ProcessBuilder process =
        new ProcessBuilder(
                pgbench.toString(),
                "--no-vacuum",
                "--protocol=prepared",
                "--client=" + connections,
                "--jobs=" + Math.min(connections, 2),
                "--transactions=" + lives / connections,
                "--define=n=0",
                "--define=lot=" + ++lots,
                "--file=" + script,
                "--host=" + uri.getHost(),
                "--port=" + uri.getPort(),
                "--username=" + who[0],
                run.name())
            .redirectErrorStream(true);
    process.environment().put("PGPASSWORD", who[1]);
    // As Gridline's own connections for writing: planned once, and not anew for each year of
    // tickets.
    process.environment().put("PGOPTIONS", "-c plan_cache_mode=force_generic_plan");
    Process running = process.start();
    String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (running.waitFor() != 0) throw new IllegalStateException("pgbench: " + said);
    Matcher rate = RATE.matcher(said);
    if (!rate.find()) throw new IllegalStateException("pgbench: " + said);
    return lives / Double.parseDouble(rate.group("tps"));
  }
}
