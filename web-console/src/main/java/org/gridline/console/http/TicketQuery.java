package org.gridline.console.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.gridline.console.Office;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.people.Permission;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.Flag;
import org.gridline.dispatch.ticket.Lifecycle;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketState;
import org.gridline.dispatch.ticket.TicketStore.Near;
import org.gridline.dispatch.ticket.TicketStore.Page;
import org.gridline.dispatch.ticket.TicketStore.Search;
import org.gridline.dispatch.ticket.TicketStore.Sort;
import org.gridline.dispatch.ticket.TicketWords;
import org.gridline.dispatch.ticket.TicketWords.Found;
import org.gridline.dispatch.ticket.TicketWords.Reader;
import org.gridline.gis.position.Position;

/** Reads a query for tickets and runs it. */
final class TicketQuery {
  private static final int USUAL_LIMIT = 50;
  private static final int MOST_LIMIT = 200;

  /** Looking for what somebody may act on reads at most so many pages for one answer. */
  private static final int MOST_ROUNDS = 10;

  private static final double MOST_METRES = 100_000;

  private static final Pattern NUMBER_REST = Pattern.compile("[0-9-]{1,30}");

  private final Office office;
  private final TicketWords words;
  private final String numbers;

  TicketQuery(Office office, TicketWords words) {
    this.office = office;
    this.words = words;
    this.numbers = office.pack().city().numberPrefix();
  }

  /** A page, and for words how many there are on all pages. */
  record Listed(List<Ticket> tickets, Optional<String> next, OptionalLong total) {
    static Listed of(Page page) {
      return new Listed(page.tickets(), page.next(), OptionalLong.empty());
    }
  }

  /**
   * @param withChecks the scope with the tickets that the caller was drawn to check
   */
  Listed page(Call call, Scope withChecks) {
    // Asking by unit or flag would tell a checker whose work it is, or what became of it before.
    Scope scope =
        call.query("unit").isPresent() || call.query("flag").isPresent()
            ? call.user().scope(office.pack().policy().units())
            : withChecks;
    Optional<String> asked = call.query("q").filter(q -> !number(q));
    Search search = search(call);
    Function<Search, Listed> source =
        asked.isEmpty()
            ? s -> Listed.of(office.tickets().list(s, scope))
            : s -> byWords(asked.get(), s, scope, call.user());
    return yes(call, "actionable") ? actionable(search, source, call.user()) : source.apply(search);
  }

  /** The beginning of a ticket's number, as against words of a report. */
  private boolean number(String q) {
    if (q.length() <= numbers.length()) return numbers.startsWith(q);
    return q.startsWith(numbers) && NUMBER_REST.matcher(q.substring(numbers.length())).matches();
  }

  /** The index says which, the store says how they stand, both within the scope. */
  private Listed byWords(String asked, Search search, Scope scope, User user) {
    if (asked.length() > TicketWords.MOST_CHARACTERS)
      throw wrong("q", "最多 200 字 · at most " + TicketWords.MOST_CHARACTERS + " characters");
    Reader reader = user.may(Permission.Right.SEE_CALLER) ? Reader.CENTRE : Reader.OTHERS;
    Found found = Worker.run(() -> words.find(asked, reader, search, scope));
    List<Ticket> tickets = office.tickets().listAmong(found.ids(), search, scope);
    return new Listed(tickets, found.next(), OptionalLong.of(found.total()));
  }

  /**
   * Who may act depends on more than the database can ask for (independence, returns left), so a
   * page is filtered here; it may be short, with a cursor to go on.
   */
  private Listed actionable(Search search, Function<Search, Listed> source, User user) {
    List<TicketState> states =
        (search.states().isEmpty() ? TicketState.openStates() : search.states())
            .stream().filter(s -> mayLeave(s, user)).toList();
    if (states.isEmpty()) return new Listed(List.of(), Optional.empty(), OptionalLong.empty());
    List<Ticket> found = new ArrayList<>();
    Instant now = office.clock().instant();
    Optional<String> cursor = search.cursor();
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Listed page = source.apply(with(search, states, search.limit() - found.size(), cursor));
      page.tickets().stream()
          .filter(t -> office.decide().waitsFor(t, user, now))
          .forEach(found::add);
      cursor = page.next();
      if (cursor.isEmpty() || found.size() >= search.limit()) break;
    }
    return new Listed(found, cursor, OptionalLong.empty());
  }

  private static boolean mayLeave(TicketState state, User user) {
    return Lifecycle.legal(state).stream()
        .filter(a -> a.sort() == ActionKind.Sort.TASK || a == ActionKind.REDRAW_CHECKER)
        .anyMatch(a -> user.may(new Permission.Act(a)));
  }

  private static Search with(
      Search search, List<TicketState> states, int limit, Optional<String> cursor) {
    return new Search(
        states,
        search.unit(),
        search.areas(),
        search.categoryKind(),
        search.categoryPrefix(),
        search.from(),
        search.to(),
        search.numberPrefix(),
        search.near(),
        search.sort(),
        limit,
        cursor,
        search.flags());
  }

  private Search search(Call call) {
    Optional<String> category = call.query("category");
    int colon = category.map(c -> c.indexOf(':')).orElse(0);
    if (category.isPresent() && colon < 1) throw wrong("category", "KIND:CODE");
    return new Search(
        call.query("state").map(TicketQuery::states).orElse(List.of()),
        call.query("unit"),
        call.query("area")
            .map(area -> List.copyOf(office.ground().succession().follow(List.of(area))))
            .orElse(List.of()),
        category.map(c -> c.substring(0, colon)),
        category.map(c -> c.substring(colon + 1)).orElse(""),
        call.query("from").map(t -> Reports.instant("from", t)),
        call.query("to").map(t -> Reports.instant("to", t)),
        call.query("q").filter(this::number).orElse(""),
        call.query("near").map(TicketQuery::near),
        call.query("sort").map(TicketQuery::sort).orElse(Sort.NEWEST),
        call.query("limit").map(TicketQuery::limit).orElse(USUAL_LIMIT),
        call.query("cursor"),
        call.query("flag").map(TicketQuery::flags).orElse(Set.of()));
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

  private static Set<Flag> flags(String text) {
    return Arrays.stream(text.split(","))
        .map(
            name ->
                Flag.find(name.strip())
                    .orElseThrow(
                        () ->
                            wrong(
                                "flag",
                                "没有此标志 · no such flag; there are "
                                    + Arrays.stream(Flag.values())
                                        .map(Flag::name)
                                        .collect(Collectors.joining(" ")))))
        .collect(Collectors.toUnmodifiableSet());
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
