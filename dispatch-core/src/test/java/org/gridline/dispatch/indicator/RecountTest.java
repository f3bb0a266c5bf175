package org.gridline.dispatch.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.gridline.dispatch.indicator.Question.Grouping;
import org.gridline.dispatch.people.Scope;
import org.junit.jupiter.api.Test;

/**
 * The same figures counted a second time, slowly and in another way: by walking once through each
 * history and keeping a ledger, where the indicators look for steps before and after each other.
 */
class RecountTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<String> UNITS = List.of("U1", "U2", "U3");

  /** Events in a random order are no life, but figures must agree on them all the more. */
  private static final List<String> KINDS =
      List.of(
          "TicketAccepted",
          "TicketFiled",
          "TicketDispatched",
          "TicketSigned",
          "TicketReturned",
          "ReturnApproved",
          "ReturnDenied",
          "FeedbackGiven",
          "FeedbackPassed",
          "ResultChecked",
          "CallerRevisited",
          "TicketClosed",
          "TicketReworked",
          "TicketReopened",
          "ClockOverdue",
          "ClockOverdue",
          "CallerContacted",
          "TicketMarked",
          "AppealDecided",
          "ExtensionGranted",
          "TicketCancelled",
          "TicketMerged");

  @Test
  void figures_agree_with_a_slow_recount_of_random_histories() {
    Random random = new Random(20_261_122);
    for (int round = 0; round < 60; round++) {
      List<Course> all = new ArrayList<>();
      for (int t = 1; t <= 60; t++) all.add(history(t, random));
      Instant from = BEGIN.plus(Duration.ofHours(random.nextInt(300)));
      Period period = new Period(from, from.plus(Duration.ofHours(1 + random.nextInt(300))));
      CountIndicators counting = new CountIndicators(new Shelf(all));
      for (Grouping by : Grouping.values()) {
        Question question = new Question(period, "", Set.of(), "", Optional.empty(), by, "street");
        var sheet = counting.count(question, new Scope.District());
        Map<Indicator, Figure> sums = new EnumMap<>(Indicator.class);
        sheet
            .rows()
            .values()
            .forEach(row -> row.forEach((i, f) -> sums.merge(i, f, RecountTest::sum)));
        assertThat(sums).as("round %d by %s", round, by).isEqualTo(recount(all, period));
      }
    }
  }

  @Test
  void every_side_of_every_figure_lists_its_tickets() {
    Random random = new Random(7);
    List<Course> all = new ArrayList<>();
    for (int t = 1; t <= 200; t++) all.add(history(t, random));
    Period period = new Period(BEGIN, BEGIN.plus(Duration.ofHours(400)));
    Question question = new Question(period, "", Set.of(), "", Optional.empty(), Grouping.UNIT, "");
    CountIndicators counting = new CountIndicators(new Shelf(all));
    var sheet = counting.count(question, new Scope.District());
    sheet
        .rows()
        .forEach(
            (group, figures) ->
                figures.forEach(
                    (indicator, figure) -> {
                      assertThat(listed(counting, question, indicator, Tally.Part.NUMERATOR, group))
                          .isEqualTo(figure.thousandths());
                      assertThat(
                              listed(counting, question, indicator, Tally.Part.DENOMINATOR, group))
                          .isEqualTo(figure.denominator() * Tally.ONE);
                      assertThat(listed(counting, question, indicator, Tally.Part.EXCLUDED, group))
                          .isEqualTo(figure.excluded() * Tally.ONE);
                    }));
  }

  @Test
  void what_happens_later_changes_no_figure_of_the_past() {
    Random random = new Random(11);
    List<Course> all = new ArrayList<>();
    for (int t = 1; t <= 100; t++) all.add(history(t, random));
    Period period = new Period(BEGIN, BEGIN.plus(Duration.ofHours(200)));
    List<Course> known = all.stream().flatMap(c -> cut(c, period.to()).stream()).toList();
    Question question = new Question(period, "", Set.of(), "", Optional.empty(), Grouping.NONE, "");
    assertThat(new CountIndicators(new Shelf(all)).count(question, new Scope.District()).rows())
        .isEqualTo(
            new CountIndicators(new Shelf(known)).count(question, new Scope.District()).rows());
  }

  private static long listed(
      CountIndicators counting, Question q, Indicator i, Tally.Part side, String group) {
    return counting
        .tickets(q, i, side, Optional.of(group), 0, Integer.MAX_VALUE, new Scope.District())
        .stream()
        .mapToLong(CountIndicators.Counted::times)
        .sum();
  }

  private static Figure sum(Figure a, Figure b) {
    return new Figure(
        a.thousandths() + b.thousandths(),
        a.denominator() + b.denominator(),
        a.excluded() + b.excluded());
  }

  /** A log in memory. */
  private record Shelf(List<Course> all) implements Courses {
    @Override
    public List<Long> listTickets(Period period, Scope scope, int most) {
      return all.stream().map(Course::ticket).toList();
    }

    @Override
    public List<Course> list(List<Long> tickets, Instant before) {
      return all.stream()
          .filter(c -> tickets.contains(c.ticket()))
          .flatMap(c -> cut(c, before).stream())
          .toList();
    }
  }

  private static Optional<Course> cut(Course c, Instant before) {
    List<Step> known = c.steps().stream().filter(s -> s.at().isBefore(before)).toList();
    if (known.isEmpty()) return Optional.empty();
    return Optional.of(
        new Course(c.ticket(), c.number(), c.areas(), c.channel(), c.type(), c.category(), known));
  }

  private static Course history(long ticket, Random random) {
    List<Step> steps = new ArrayList<>();
    Instant at = BEGIN.plus(Duration.ofHours(random.nextInt(400)));
    String unit = "";
    String state = "REGISTERED";
    steps.add(new Step(1, "TicketRegistered", at, "", state, "", "", Map.of()));
    int length = random.nextInt(24);
    for (int v = 2; v < 2 + length; v++) {
      String kind = KINDS.get(random.nextInt(KINDS.size()));
      at = at.plus(Duration.ofMinutes(random.nextInt(2_000)));
      String before = unit;
      if (kind.equals("TicketDispatched")) unit = UNITS.get(random.nextInt(UNITS.size()));
      if (kind.equals("ReturnApproved")) unit = "";
      String after =
          switch (kind) {
            case "TicketMerged" -> "MERGED";
            case "TicketClosed" -> "CLOSED";
            case "CallerRevisited" -> pick(random, "HANDLING", "PENDING_CLOSE", "REVISITING");
            default -> pick(random, "HANDLING", "CHECKING");
          };
      steps.add(new Step(v, kind, at, state, after, before, unit, data(kind, random)));
      state = after;
    }
    return new Course(
        ticket,
        "N" + ticket,
        Map.of("street", pick(random, "S1", "S2")),
        pick(random, "phone", "worker"),
        pick(random, "help", "complaint"),
        pick(random, "", "EVENT:01"),
        steps);
  }

  private static Map<String, String> data(String kind, Random random) {
    return switch (kind) {
      case "ClockOverdue" ->
          Map.of("clock", pick(random, "handle", "total", "contact", "file", "sign", "rework"));
      case "ResultChecked" -> Map.of("confirms", pick(random, "0", "7"));
      case "TicketReworked" -> Map.of("against", pick(random, "0", "7"));
      case "CallerRevisited" ->
          Map.of(
              "answer", pick(random, "reached", "reached", "unreached"),
              "contacted", pick(random, "yes", "no"),
              "outcome", pick(random, "solved", "unsolved"),
              "satisfaction", pick(random, "satisfied", "mostlySatisfied", "dissatisfied"));
      case "CallerContacted" -> Map.of("outcome", pick(random, "contacted", "notContacted"));
      case "FeedbackGiven" -> Map.of("result", pick(random, "solved", "explained"));
      case "TicketMarked" ->
          Map.of(
              "mark",
              pick(random, "REPEAT", "MALICIOUS"),
              "change",
              pick(random, "set", "cleared"));
      case "AppealDecided" -> Map.of("verdict", pick(random, "support", "refuse"));
      case "TicketReopened" -> Map.of("ground", pick(random, "falseReply", "objection"));
      default -> Map.of();
    };
  }

  private static String pick(Random random, String... of) {
    return of[random.nextInt(of.length)];
  }

  private static Map<Indicator, Figure> recount(List<Course> all, Period period) {
    Map<Indicator, long[]> sums = new EnumMap<>(Indicator.class);
    for (Course course : all)
      cut(course, period.to()).ifPresent(c -> new Ledger(c, period).write(sums));
    Map<Indicator, Figure> figures = new EnumMap<>(Indicator.class);
    sums.forEach((i, s) -> figures.put(i, new Figure(s[0], s[1], s[2])));
    return figures;
  }
}
