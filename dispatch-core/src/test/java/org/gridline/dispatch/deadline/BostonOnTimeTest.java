package org.gridline.dispatch.deadline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.gridline.dispatch.deadline.TimeLimit.LimitUnit;
import org.gridline.gis.TestData;
import org.junit.jupiter.api.Test;

/**
 * Boston 2015 with the city's own targets: the lamp at closing, or on the night of the copy for
 * what was still open, against the city's own ONTIME and OVERDUE. All 121,145 requests, by class.
 */
class BostonOnTimeTest {
  private static final ZoneId ZONE = ZoneId.of("America/New_York");
  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("MM/dd/yyyy hh:mm:ss a", Locale.US);

  /**
   * The last closing in the file is of 2016-01-12 22:22, and no target between that evening's 22:53
   * and the next morning's 08:02 tells more about when it was copied.
   */
  private static final Instant COPIED =
      LocalDateTime.parse("2016-01-13T00:00").atZone(ZONE).toInstant();

  @Test
  void the_lamp_says_what_the_city_said() throws IOException {
    Map<String, Integer> classes = new TreeMap<>();
    try (BufferedReader in =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(
                        Files.newInputStream(TestData.get("boston2015/boston_311_2015.csv.gz"))),
                    StandardCharsets.UTF_8));
        MappingIterator<Map<String, String>> rows =
            new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(in)) {
      while (rows.hasNext()) classes.merge(of(rows.next()), 1, Integer::sum);
    }
    assertThat(classes)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "agree: closed in time", 60_054,
                "agree: closed late", 19_072,
                "agree: open, not due yet", 3_501,
                "agree: open, overdue", 11_374,
                "no target, so no clock; the city says ONTIME", 26_991,
                "overdue, and the city says nothing", 153));
  }

  private static String of(Map<String, String> row) {
    String city = row.getOrDefault("OnTime_Status", "");
    String target = row.getOrDefault("TARGET_DT", "");
    String closed = row.getOrDefault("CLOSED_DT", "");
    if (target.isBlank()) return "no target, so no clock; the city says " + city;
    Instant start = at(row.getOrDefault("OPEN_DT", ""));
    Instant due = at(target);
    // Some targets lie before the opening.
    Duration length = start.isBefore(due) ? Duration.between(start, due) : Duration.ZERO;
    Instant warn = due.minus(length.dividedBy(5));
    Deadline deadline = Deadline.running(Clock.TOTAL, LimitUnit.UD, start, warn, due);
    boolean open = closed.isBlank();
    boolean late = deadline.lamp(open ? COPIED : at(closed)) == Lamp.RED;
    if (city.isBlank()) return (late ? "overdue" : "in time") + ", and the city says nothing";
    if (late != city.equals("OVERDUE"))
      return (open ? "open " : "closed ")
          + (late ? "past" : "before")
          + " its target, and the city says "
          + city;
    if (open) return late ? "agree: open, overdue" : "agree: open, not due yet";
    return late ? "agree: closed late" : "agree: closed in time";
  }

  private static Instant at(String written) {
    return LocalDateTime.parse(written, WRITTEN).atZone(ZONE).toInstant();
  }
}
