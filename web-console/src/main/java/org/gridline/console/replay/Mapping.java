package org.gridline.console.replay;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.gridline.console.csv.CsvRows;
import org.gridline.dispatch.Names;
import org.gridline.gis.position.Crs;

/**
 * What {@code replay.yaml} says: how a row of the city's own file becomes a report, and which of
 * its columns tell what the city decided.
 *
 * @param file name of the file in the folder of tickets
 * @param id column that names a row for good
 * @param signIn sample person who sends, where the city is a sample
 * @param truths columns that say which area the city put a ticket into
 * @param owners columns that say who got it
 */
record Mapping(
    String file,
    String id,
    Optional<String> signIn,
    Time time,
    Point position,
    Phrase words,
    Phrase address,
    Choice channel,
    Choice type,
    Optional<Kind> category,
    List<Truth> truths,
    List<Owner> owners) {
  Mapping {
    truths = List.copyOf(truths);
    owners = List.copyOf(owners);
  }

  /** When it happened, on the clocks of a zone. */
  record Time(String column, DateTimeFormatter format, ZoneId zone) {
    /**
     * An hour that the clocks showed twice is the first of the two; one that they skipped counts on
     * from the hour before.
     */
    Instant read(String text) {
      return LocalDateTime.parse(text, format).atZone(zone).toInstant();
    }

    LocalDate day(Instant at) {
      return at.atZone(zone).toLocalDate();
    }
  }

  record Point(String lon, String lat, Crs crs) {}

  /** The texts of several columns, blank ones and repetitions left out. */
  record Phrase(List<String> columns, String between) {
    Phrase {
      columns = List.copyOf(columns);
    }

    private static final Pattern SPACES = Pattern.compile("\\s+");

    String read(CsvRows.Row row) {
      Set<String> parts = new LinkedHashSet<>();
      for (String column : columns) {
        String part = SPACES.matcher(row.text(column)).replaceAll(" ");
        if (!part.isEmpty()) parts.add(part);
      }
      return String.join(between, parts);
    }
  }

  /**
   * One of a fixed list, by what a column says.
   *
   * @param column absent when it is always {@code otherwise}
   */
  record Choice(Optional<String> column, Map<String, String> values, String otherwise) {
    Choice {
      values = Map.copyOf(values);
    }

    String read(CsvRows.Row row) {
      return column.map(c -> values.getOrDefault(row.text(c), otherwise)).orElse(otherwise);
    }
  }

  /**
   * The category that a person chose: the leaf of this kind whose code or name a column holds.
   *
   * @param under columns that name the leaf's major, for names that stand under several
   */
  record Kind(String kind, String column, Optional<String> under) {}

  /**
   * @param id name of the comparison
   * @param city makes the city's spellings equal
   * @param pack makes the spellings of the pack's own codes equal to those
   */
  record Truth(String id, String layer, String column, CodeSpelling city, CodeSpelling pack) {}

  /**
   * @param since first day that is also counted apart: duties derived from earlier rows are no
   *     proof for those rows
   * @param city makes the city's spellings equal
   * @param pack makes the codes and names of the pack's units equal to those
   */
  record Owner(
      String id,
      Names name,
      String column,
      Optional<LocalDate> since,
      CodeSpelling city,
      CodeSpelling pack) {}

  /** Every column that has to be in the file. */
  Set<String> columns() {
    Set<String> all = new LinkedHashSet<>(List.of(id, time.column, position.lon, position.lat));
    all.addAll(words.columns);
    all.addAll(address.columns);
    channel.column.ifPresent(all::add);
    type.column.ifPresent(all::add);
    category.ifPresent(
        k -> {
          all.add(k.column);
          k.under.ifPresent(all::add);
        });
    truths.forEach(t -> all.add(t.column));
    owners.forEach(o -> all.add(o.column));
    return all;
  }
}
