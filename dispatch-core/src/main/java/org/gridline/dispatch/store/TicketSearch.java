package org.gridline.dispatch.store;

import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.deadline.Deadline;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.ticket.Flag;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketState;
import org.gridline.dispatch.ticket.TicketStore.Page;
import org.gridline.dispatch.ticket.TicketStore.Search;
import org.gridline.dispatch.ticket.TicketStore.Sort;

/**
 * Builds the one query of a search; the text depends only on which parts are given, the values are
 * always bound.
 */
final class TicketSearch {
  private static final Pattern CURSOR = Pattern.compile("(\\d{1,19})(?:\\.(\\d{1,19}))?");

  /** Where tickets without a running clock stand in the order by due time. */
  private static final String NEVER = "'infinity'::timestamptz";

  private final Search search;
  private final Bind values = new Bind();
  private final List<String> where = new ArrayList<>();
  private int bound;

  private TicketSearch(Search search, Scope scope) {
    this.search = search;
    where.add(Scoped.sql(1));
    Scoped.bind(values, scope);
    bound = 3;
    if (!search.states().isEmpty()) {
      where.add("t.state = ANY(" + next() + ")");
      values.strings(search.states().stream().map(TicketState::name).toList());
      // Lets the planner use the partial indexes on open tickets.
      if (search.states().stream().allMatch(TicketState::open)) where.add("t.\"open\"");
    }
    search.unit().ifPresent(u -> is("t.unit = %s", u));
    if (!search.areas().isEmpty()) {
      where.add(Scoped.AREAS + " && " + next() + "::text[]");
      values.strings(search.areas());
    }
    search.categoryKind().ifPresent(k -> is("t.category_kind = %s", k));
    if (!search.categoryPrefix().isEmpty())
      is("starts_with(t.category_code, %s)", search.categoryPrefix());
    search.from().ifPresent(f -> at("t.registered_at >= %s", f));
    search.to().ifPresent(f -> at("t.registered_at < %s", f));
    if (!search.numberPrefix().isEmpty()) is("starts_with(t.number, %s)", search.numberPrefix());
    if (!search.flags().isEmpty()) flags();
    search
        .near()
        .ifPresent(
            n -> {
              where.add(
                  "ST_DWithin(t.position::geography, ST_MakePoint(%s, %s)::geography, %s)"
                      .formatted(next(), next(), next()));
              values.add(n.lon()).add(n.lat()).add(n.metres());
            });
  }

  /** One page. */
  static TicketSearch page(Search search, Scope scope) {
    TicketSearch query = new TicketSearch(search, scope);
    search.cursor().ifPresent(query::after);
    return query;
  }

  /** All that fit among these; there are no more of them than one page holds. */
  static TicketSearch among(List<Long> ids, Search search, Scope scope) {
    TicketSearch query = new TicketSearch(search, scope);
    query.where.add("t.id = ANY(" + query.next() + ")");
    query.values.longs(ids);
    return query;
  }

  /** Confidentiality is no entry of the column: whom it protects, the reporter says. */
  private void flags() {
    String any = "t.flags && " + next() + "::text[]";
    values.strings(search.flags().stream().map(Flag::name).sorted().toList());
    if (search.flags().contains(Flag.CONFIDENTIAL))
      where.add(
          "(" + any + " OR t.reporter IN ('CONFIDENTIAL_CALLER', 'CONFIDENTIAL_WITHOUT_PHONE'))");
    // Lets the planner use the partial index on flags.
    else where.add(any + " AND t.flags <> '{}'");
  }

  private void is(String condition, String value) {
    where.add(condition.formatted(next()));
    values.add(value);
  }

  private void at(String condition, Instant value) {
    where.add(condition.formatted(next()));
    values.add(value);
  }

  private String next() {
    return "$" + ++bound;
  }

  private void after(String cursor) {
    Matcher m = CURSOR.matcher(cursor);
    if (!m.matches() || (search.sort() == Sort.DUE) != (m.group(2) != null)) {
      throw Failure.atField(
          FailureCode.INVALID_REQUEST, "cursor", "请从第一页重新查询 · start again from the first page");
    }
    try {
      long id = Long.parseLong(m.group(1));
      switch (search.sort()) {
        case NEWEST -> where.add("t.id < " + next());
        case OLDEST -> where.add("t.id > " + next());
        case DUE ->
            where.add(
                "(COALESCE(dl.due_at, "
                    + NEVER
                    + "), t.id) > (COALESCE(to_timestamp("
                    + next()
                    + "::float8 / 1000000), "
                    + NEVER
                    + "), "
                    + next()
                    + ")");
      }
      if (search.sort() == Sort.DUE) {
        long micros = Long.parseLong(Optional.ofNullable(m.group(2)).orElse("0"));
        values.add(micros == 0 ? null : micros);
      }
      values.add(id);
    } catch (NumberFormatException e) {
      throw Failure.atField(
          FailureCode.INVALID_REQUEST, "cursor", "请从第一页重新查询 · start again from the first page");
    }
  }

  String sql() {
    String due =
        search.sort() == Sort.DUE
            ? " LEFT JOIN LATERAL (SELECT min(d.due_at) AS due_at FROM deadline d WHERE d.ticket_id = t.id AND d.paused_at IS NULL AND d.clock NOT IN ('resume', 'archive')) dl ON true"
            : "";
    String order =
        switch (search.sort()) {
          case NEWEST -> "t.id DESC";
          case OLDEST -> "t.id";
          case DUE -> "COALESCE(dl.due_at, " + NEVER + "), t.id";
        };
    return "SELECT "
        + TicketRows.COLUMNS
        + " FROM ticket t"
        + due
        + " WHERE "
        + String.join(" AND ", where)
        + " ORDER BY "
        + order
        + " LIMIT "
        + (search.limit() + 1);
  }

  Tuple values() {
    return values.tuple();
  }

  /** Cuts the one row that only told whether there is more. */
  Page page(List<Ticket> found) {
    if (found.size() <= search.limit()) return new Page(found, Optional.empty());
    List<Ticket> page = found.subList(0, search.limit());
    Ticket last = page.getLast();
    String cursor =
        switch (search.sort()) {
          case NEWEST, OLDEST -> Long.toString(last.id());
          case DUE -> last.id() + "." + due(last);
        };
    return new Page(page, Optional.of(cursor));
  }

  private static long due(Ticket ticket) {
    return ticket.deadlines().stream()
        .filter(d -> d.pausedAt().isEmpty() && d.clock().limit())
        .map(Deadline::dueAt)
        .min(Instant::compareTo)
        .map(at -> at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000)
        .orElse(0L);
  }
}
