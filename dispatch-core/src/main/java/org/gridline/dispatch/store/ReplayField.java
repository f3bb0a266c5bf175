package org.gridline.dispatch.store;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * What of a ticket's row follows from its events, and so must agree with them. What the events
 * don't hold can't be compared: number, person, reporter, exact position.
 */
enum ReplayField {
  STATE("state", "t.state", text(r -> r.state)),
  UNIT("unit", "t.unit", text(r -> r.unit)),
  GROUND(
      "ground",
      "t.ground",
      new Comparison(
          (row, i, r) ->
              r.ground.map(g -> g.equals(row.json(i))).orElseGet(() -> row.length(i) == 0),
          CopyRow::text,
          r -> r.ground.map(Object::toString).orElse(""))),
  CATEGORY(
      "category",
      "t.category_kind || ':' || t.category_code",
      text(r -> r.category)
          .or((row, i, r) -> r.perhapsCategory.filter(c -> row.says(i, c)).isPresent())),
  CHANNEL("channel", "t.channel", text(r -> r.channel)),
  TYPE("type", "t.type", text(r -> r.type)),
  URGENCY("urgency", "t.urgency", text(r -> r.urgency)),
  COMPONENT("component", "t.component", text(r -> r.component)),
  PLACE_FLAG("place flag", "lower(t.place_flag)", text(r -> r.placeFlag)),
  BOUNDARY_VERSION("boundary version", "t.boundary_version", text(r -> r.boundaryVersion)),
  AREAS("areas", "t.areas", as((row, i) -> String.join(",", row.texts(i)), r -> r.areas)),
  WORDS("words", "t.words_id", number(r -> r.words)),
  REWORKS("reworks", "t.reworks", number(r -> r.reworks)),
  RETURNS("returns", "t.returns", number(r -> r.returns)),
  REVISIT_TRIES("revisit tries", "t.revisit_tries", number(r -> r.revisitTries)),
  RETURNED_FROM("returned from", "t.returned_from", text(r -> r.returnedFrom)),
  HANDLERS("handlers", "t.handlers", people(r -> r.handlers)),
  CHECKERS("checkers", "t.checkers", people(r -> r.checkers)),
  REGISTERED_AT("registered at", "t.registered_at", micros(r -> r.registeredAt)),
  UPDATED_AT("updated at", "t.updated_at", micros(r -> r.updatedAt)),
  FLAGS(
      "flags",
      "t.flags",
      as(
          (row, i) -> String.join(",", new TreeSet<>(row.texts(i))),
          r -> String.join(",", r.life.flags))),
  LIFE(
      "life",
      "t.life::text",
      new Comparison(
          (row, i, r) -> r.life.agrees(row.json(i)), CopyRow::text, r -> r.life.toString())),
  MASTER("master", "t.master", number(r -> r.master)),
  REPORTER("reporter", "t.reporter", text(r -> r.reporter).or((row, i, r) -> r.reporter.isEmpty())),
  /** Which clocks a limit makes run the pack says, not the log; but work that is over has none. */
  CLOCKS(
      "running clocks",
      "CASE WHEN t.state IN ('CLOSED','ARCHIVED','ANSWERED','REJECTED','CANCELLED')"
          + " THEN COALESCE(d.clocks, 0) ELSE 0 END",
      number(r -> 0));

  /** The columns before the first field. */
  static final int ID = 0;

  static final int VERSION = 1;
  static final int HEAD = 2;
  private static final int FIRST = 3;
  private static final ReplayField[] FIELDS = values();

  /** All tickets by id, with what is compared. */
  static final String SELECT =
      """
      SELECT t.id, t.version, t.head_hash, %s
        FROM ticket t LEFT JOIN (
         SELECT ticket_id, count(*) FILTER (WHERE clock NOT IN ('archive','objection','appeal')) AS clocks
           FROM deadline GROUP BY ticket_id) d ON d.ticket_id = t.id
       ORDER BY t.id
      """
          .formatted(
              Arrays.stream(values()).map(f -> f.sql).collect(Collectors.joining(",\n       ")));

  static final int COLUMNS = FIRST + values().length;

  private final String label;
  private final String sql;
  private final Comparison comparison;

  ReplayField(String label, String sql, Comparison comparison) {
    this.label = label;
    this.sql = sql;
    this.comparison = comparison;
  }

  private interface Test {
    boolean same(CopyRow row, int column, Replay events);
  }

  /**
   * How a field is compared, without making texts as long as it agrees.
   *
   * @param stored what the row says, to be told
   * @param replayed what the events say, to be told
   */
  private record Comparison(
      Test test, BiFunction<CopyRow, Integer, String> stored, Function<Replay, String> replayed) {
    /** Equal though spelled otherwise. */
    Comparison or(Test other) {
      return new Comparison(
          (row, i, r) -> test.same(row, i, r) || other.same(row, i, r), stored, replayed);
    }
  }

  private static Comparison as(
      BiFunction<CopyRow, Integer, String> stored, Function<Replay, String> replayed) {
    return new Comparison(
        (row, i, r) -> stored.apply(row, i).equals(replayed.apply(r)), stored, replayed);
  }

  private static Comparison text(Function<Replay, String> replayed) {
    return new Comparison((row, i, r) -> row.says(i, replayed.apply(r)), CopyRow::text, replayed);
  }

  private static Comparison number(ToLongFunction<Replay> replayed) {
    return new Comparison(
        (row, i, r) -> row.number(i) == replayed.applyAsLong(r),
        (row, i) -> Long.toString(row.number(i)),
        r -> Long.toString(replayed.applyAsLong(r)));
  }

  private static Comparison micros(ToLongFunction<Replay> replayed) {
    return new Comparison(
        (row, i, r) -> row.micros(i) == replayed.applyAsLong(r),
        (row, i) -> Long.toString(row.micros(i)),
        r -> Long.toString(replayed.applyAsLong(r)));
  }

  private static Comparison people(Function<Replay, SortedSet<Long>> replayed) {
    return new Comparison(
        (row, i, r) -> people(row, i).equals(replayed.apply(r)),
        (row, i) -> people(row, i).toString(),
        r -> replayed.apply(r).toString());
  }

  private static SortedSet<Long> people(CopyRow row, int column) {
    TreeSet<Long> ids = new TreeSet<>();
    for (long id : row.numbers(column)) ids.add(id);
    return ids;
  }

  /** Reads what will be compared as JSON; the thread that compares has enough to do. */
  static CopyRow ready(CopyRow ticket) {
    for (ReplayField field : List.of(GROUND, LIFE)) {
      int column = FIRST + Arrays.asList(FIELDS).indexOf(field);
      if (ticket.length(column) > 0) ticket.json(column);
    }
    return ticket;
  }

  /** Where a ticket's row and its events tell different stories, in words. */
  static Optional<String> difference(CopyRow ticket, Replay events) {
    int column = FIRST;
    for (ReplayField field : FIELDS) {
      if (!field.comparison.test().same(ticket, column, events)) {
        return Optional.of(
            field.label
                + " is "
                + told(field.comparison.stored().apply(ticket, column))
                + " in its row and "
                + told(field.comparison.replayed().apply(events))
                + " by its events");
      }
      column++;
    }
    if (!ticket.same(HEAD, events.head)) {
      return Optional.of("its row does not hold the hash of its last event");
    }
    return Optional.empty();
  }

  private static String told(String value) {
    return value.isEmpty() ? "empty" : value;
  }
}
