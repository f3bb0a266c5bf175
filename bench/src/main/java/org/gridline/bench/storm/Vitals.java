package org.gridline.bench.storm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gridline.bench.common.RunDatabase;
import org.gridline.bench.common.RunServer;

/**
 * What must not grow.
 *
 * @param heapBytes in use after a full collection
 * @param files open descriptors of the server
 * @param deadRows of all tables, as the database counts them
 * @param databaseBytes grows with the tickets, and only with them
 */
record Vitals(long heapBytes, long residentBytes, long files, long deadRows, long databaseBytes) {
  private static final Pattern USED = Pattern.compile("used (\\d+)K");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  static Vitals look(RunServer server, RunDatabase database)
      throws IOException, SQLException, InterruptedException {
    Path process = Path.of("/proc", Long.toString(server.pid()));
    tell(server, "GC.run");
    long heap = number(USED, tell(server, "GC.heap_info")) * 1024;
    long resident = number(RESIDENT, Files.readString(process.resolve("status"))) * 1024;
    long files;
    try (Stream<Path> open = Files.list(process.resolve("fd"))) {
      files = open.count();
    }
    return new Vitals(
        heap,
        resident,
        files,
        database.number("SELECT COALESCE(sum(n_dead_tup), 0) FROM pg_stat_user_tables"),
        database.number("SELECT pg_database_size(current_database())"));
  }

  private static String tell(RunServer server, String order)
      throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(server.pid()),
                order)
            .redirectErrorStream(true)
            .start();
    String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (jcmd.waitFor() != 0) throw new IllegalStateException("jcmd " + order + ": " + said);
    return said;
  }

  private static long number(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    if (!found.find()) throw new IllegalStateException("no figure in: " + text);
    return Long.parseLong(found.group(1));
  }
}
