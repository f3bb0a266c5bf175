package org.gridline.console.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gridline.console.Office;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.people.Permission;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.ticket.Lifecycle;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketState;
import org.gridline.dispatch.ticket.TicketStore.Near;
import org.gridline.dispatch.ticket.TicketStore.Page;
import org.gridline.dispatch.ticket.TicketStore.Search;
import org.gridline.dispatch.ticket.TicketStore.Sort;
import org.gridline.gis.position.Position;

/** Reads a query for tickets and runs it. */
final class TicketQuery {
  private static final int USUAL_LIMIT = 50;
  private static final int MOST_LIMIT = 200;

  /** Looking for what somebody may act on reads at most so many pages for one answer. */
  private static final int MOST_ROUNDS = 10;

  private static final double MOST_METRES = 100_000;

  private final Office office;

  TicketQuery(Office office) {
    this.office = office;
  }

  Page page(Call call, Scope scope) {
    Search search = search(call);
    return yes(call, "actionable")
        ? actionable(search, scope, call.user())
        : office.tickets().list(search, scope);
  }

  /**
   * Who may act depends on more than the database can ask for (independence, returns left), so a
   * page is filtered here; it may be short, with a cursor to go on.
   */
  private Page actionable(Search search, Scope scope, User user) {
    List<TicketState> states =
        (search.states().isEmpty() ? TicketState.openStates() : search.states())
            .stream().filter(s -> mayLeave(s, user)).toList();
    if (states.isEmpty()) return new Page(List.of(), Optional.empty());
    List<Ticket> found = new ArrayList<>();
    Optional<String> cursor = search.cursor();
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Page page =
          office.tickets().list(with(search, states, search.limit() - found.size(), cursor), scope);
      page.tickets().stream()
          .filter(t -> !office.decide().offer(t, user).isEmpty())
          .forEach(found::add);
      cursor = page.next();
      if (cursor.isEmpty() || found.size() >= search.limit()) break;
    }
    return new Page(found, cursor);
  }

  private static boolean mayLeave(TicketState state, User user) {
    return Lifecycle.legal(state).stream().anyMatch(a -> user.may(new Permission.Act(a)));
  }

  private static Search with(
      Search search, List<TicketState> states, int limit, Optional<String> cursor) {
    return new Search(
        states,
        search.unit(),
        search.area(),
        search.categoryKind(),
        search.categoryPrefix(),
        search.from(),
        search.to(),
        search.numberPrefix(),
        search.near(),
        search.sort(),
        limit,
        cursor);
  }

  private Search search(Call call) {
    Optional<String> category = call.query("category");
    int colon = category.map(c -> c.indexOf(':')).orElse(0);
    if (category.isPresent() && colon < 1) throw wrong("category", "KIND:CODE");
    return new Search(
        call.query("state").map(TicketQuery::states).orElse(List.of()),
        call.query("unit"),
        call.query("area"),
        category.map(c -> c.substring(0, colon)),
        category.map(c -> c.substring(colon + 1)).orElse(""),
        call.query("from").map(t -> Reports.instant("from", t)),
        call.query("to").map(t -> Reports.instant("to", t)),
        call.query("q").orElse(""),
        call.query("near").map(TicketQuery::near),
        call.query("sort").map(TicketQuery::sort).orElse(Sort.NEWEST),
        call.query("limit").map(TicketQuery::limit).orElse(USUAL_LIMIT),
        call.query("cursor"));
  }

  private static List<TicketState> states(String text) {
    if (text.equals("open")) return TicketState.openStates();
    return Arrays.stream(text.split(","))
        .map(
            id ->
                TicketState.find(id.strip())
                    .orElseThrow(() -> wrong("state", "没有此状态 · no such state")))
        .toList();
  }

  private static Near near(String text) {
    String[] parts = text.split(",", -1);
    try {
      if (parts.length == 3) {
        Position at = new Position(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
        double metres = Double.parseDouble(parts[2]);
        if (metres > 0 && metres <= MOST_METRES) return new Near(at.lon(), at.lat(), metres);
      }
    } catch (IllegalArgumentException e) {
      throw wrong("near", "lon,lat,metres");
    }
    throw wrong("near", "lon,lat,metres");
  }

  private static Sort sort(String text) {
    return switch (text) {
      case "newest" -> Sort.NEWEST;
      case "oldest" -> Sort.OLDEST;
      case "due" -> Sort.DUE;
      default -> throw wrong("sort", "newest, oldest, due");
    };
  }

  private static int limit(String text) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MOST_LIMIT) return limit;
    } catch (NumberFormatException e) {
      throw wrong("limit", "1 – " + MOST_LIMIT);
    }
    throw wrong("limit", "1 – " + MOST_LIMIT);
  }

  private static boolean yes(Call call, String name) {
    return switch (call.query(name).orElse("false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(name, "true, false");
    };
  }

  private static Failure wrong(String field, String detail) {
    return Failure.atField(FailureCode.INVALID_REQUEST, field, detail);
  }
}
