package org.gridline.dispatch.city;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes a calendar.csv of the days that npm's chinese-days keeps: {@code dist/chinese-days.json} of
 * that package holds what the State Council's notices say, year by year. Standard output is the
 * file; exit code 1 when the years are not all there.
 */
public final class CalendarFacts {
  private static final String USAGE = "./gridline calendar chinese-days.json FROM-YEAR TO-YEAR";

  private CalendarFacts() {}

  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    try {
      if (arguments.length != 3) throw new IllegalArgumentException(USAGE);
      out.print(
          csv(
              Files.readString(Path.of(arguments[0])),
              Integer.parseInt(arguments[1]),
              Integer.parseInt(arguments[2])));
      out.flush();
    } catch (IllegalArgumentException e) {
      System.err.println("calendar: " + e.getMessage());
      System.exit(2);
    } catch (IOException | IllegalStateException | DateTimeException e) {
      System.err.println("calendar: " + e.getMessage());
      System.exit(1);
    }
  }

  /**
   * The lines of the years from first to last.
   *
   * @throws IllegalStateException for a year without any day, and for what is not such a file
   */
  static String csv(String json, int first, int last) throws IOException {
    if (first > last) throw new IllegalArgumentException(USAGE);
    JsonNode all = JsonMapper.builder().build().readTree(json);
    Map<LocalDate, String> lines = new TreeMap<>();
    add(lines, all.path("holidays"), "holiday", "", "");
    add(lines, all.path("workdays"), "workday", "调休上班", " (shifted workday)");
    StringBuilder csv = new StringBuilder("date,kind,name_zh,name_en\n");
    for (int year = first; year <= last; year++) {
      int wanted = year;
      long before = csv.length();
      lines.forEach((day, line) -> csv.append(day.getYear() == wanted ? line : ""));
      if (csv.length() == before)
        throw new IllegalStateException("no day of " + year + " is in it");
    }
    return csv.toString();
  }

  private static void add(
      Map<LocalDate, String> lines, JsonNode days, String kind, String zhAfter, String enAfter) {
    if (!days.isObject()) throw new IllegalStateException("this is no chinese-days.json");
    days.properties()
        .forEach(
            day -> {
              // English name, Chinese name, and how many days of it are statutory.
              String[] names = day.getValue().asText().split(",", -1);
              if (names.length != 3)
                throw new IllegalStateException("an unknown form: " + day.getValue().asText());
              LocalDate date = LocalDate.parse(day.getKey());
              String zh =
                  names[1].length() == 2 && !names[1].equals("元旦") && !names[1].equals("春节")
                      ? names[1] + "节"
                      : names[1];
              String line =
                  date + "," + kind + "," + zh + zhAfter + "," + names[0] + enAfter + "\n";
              if (lines.put(date, line) != null)
                throw new IllegalStateException(date + " is a holiday and a workday");
            });
  }
}
