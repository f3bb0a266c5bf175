package org.gridline.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.gridline.console.live.Told.Manner;
import org.gridline.console.live.Told.Reader;
import org.gridline.dispatch.deadline.Deadline;
import org.gridline.dispatch.event.EventLog.Sealed;
import org.gridline.dispatch.intake.Channel;
import org.gridline.dispatch.intake.ReportType;
import org.gridline.dispatch.intake.Urgency;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.place.Place;
import org.gridline.dispatch.route.Ground;
import org.gridline.dispatch.ticket.Life;
import org.gridline.dispatch.ticket.Progress;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketState;
import org.gridline.gis.position.Position;
import org.junit.jupiter.api.Test;

/** Random hands, views, batches and cuts, held against a recount. */
class ToldTest {
  private static final List<String> UNITS = List.of("A", "B", "C", "D");
  private static final List<String> AREAS = List.of("east", "west");
  private static final int TICKETS = 12;
  private static final int STEPS = 120;

  private final Map<Long, Ticket> now = new HashMap<>();
  private final Known known = new Known(100);
  private Ring ring = new Ring(10_000);
  private long seq;
  private long batchFrom;

  /** A client that sometimes keeps up and sometimes is cut off in the middle of a telling. */
  private final class Client {
    private final View view;
    private final Map<Long, Integer> world = new HashMap<>();
    private long at;
    private boolean late;

    private Client(View view) {
      this.view = view;
    }

    private void hear(Random random) {
      List<Step> steps = ring.between(at, seq).orElseThrow();
      List<Told> told =
          Told.list(view, steps, ring::news, current() ? Reader.CURRENT : Reader.LATE)
              .orElseThrow();
      int heard = random.nextInt(3) == 0 ? random.nextInt(told.size() + 1) : told.size();
      for (Told one : told.subList(0, heard)) apply(one);
      late = heard < told.size();
      if (!late) at = seq;
      else if (heard > 0) at = told.get(heard - 1).seq();
    }

    private boolean current() {
      return !late && at == batchFrom;
    }

    private void apply(Told one) {
      long id = one.news().ticket().id();
      if (one.manner() == Manner.GONE) {
        assertThat(visible(id)).as("gone although it may be seen").isFalse();
        world.remove(id);
        return;
      }
      assertThat(visible(id)).as("told although it may not be seen").isTrue();
      if (one.manner() == Manner.UPDATE)
        assertThat(world).as("an update of what the client knows").containsKey(id);
      world.put(id, one.news().ticket().version());
    }

    private boolean visible(long id) {
      return view.shows(Audience.of(standing(id))) != Shown.NOTHING;
    }

    private void complete() {
      Map<Long, Integer> wanted = new HashMap<>();
      now.forEach(
          (id, ticket) -> {
            if (visible(id)) wanted.put(id, ticket.version());
          });
      assertThat(world).as("as seen by " + view).isEqualTo(wanted);
    }
  }

  @Test
  void everybody_ends_with_what_they_may_see_and_never_hears_of_anything_else() {
    for (int seed = 0; seed < 150; seed++) {
      Random random = new Random(seed);
      ring = new Ring(10_000);
      ring.reset(0);
      known.clear();
      now.clear();
      seq = 0;
      List<Client> clients = new ArrayList<>();
      for (int i = 0; i < 12; i++) clients.add(new Client(view(random)));
      while (seq < STEPS) {
        batch(random, 1 + random.nextInt(6));
        for (Client client : clients) if (random.nextInt(4) > 0) client.hear(random);
      }
      for (Client client : clients) {
        while (client.late || client.at < seq) client.hear(random);
        client.complete();
      }
    }
  }

  @Test
  void who_checks_is_told_without_the_hands_it_is_in() {
    Ticket ticket =
        ticket(
            1,
            5,
            "A",
            "east",
            new Progress(0, 0, 0, Optional.empty(), Set.of(), Set.of(7L), Set.of(), Life.fresh()));
    Audience audience = Audience.of(ticket);
    View checker = new View(7, Set.of(7L), new Scope.District(), Wish.ALL);
    assertThat(checker.shows(audience)).isEqualTo(Shown.AS_PAST_CHECKER);
    View byUnit = checker.wishing(new Wish(Optional.empty(), Set.of("A"), Set.of()));
    assertThat(byUnit.shows(audience)).as("a filter tells nothing").isEqualTo(Shown.NOTHING);
    assertThat(new View(8, Set.of(8L), new Scope.District(), Wish.ALL).shows(audience))
        .isEqualTo(Shown.WHOLE);
  }

  /** Steps as the log's tail takes them in: the tickets are read after all of them. */
  private void batch(Random random, int size) {
    batchFrom = seq;
    List<Step> steps = new ArrayList<>();
    Map<Long, Audience> before = new HashMap<>();
    Set<Long> changed = new HashSet<>();
    for (int i = 0; i < size; i++) {
      long id = random.nextInt(TICKETS);
      Optional<Ticket> old = Optional.ofNullable(now.get(id));
      String area =
          old.map(t -> t.place().codesNow().getFirst()).orElse(AREAS.get(random.nextInt(2)));
      Set<String> helpers = new HashSet<>();
      for (String unit : UNITS) if (random.nextInt(5) == 0) helpers.add(unit);
      String owner = random.nextInt(4) == 0 ? "" : UNITS.get(random.nextInt(UNITS.size()));
      int version = old.map(Ticket::version).orElse(0) + 1;
      now.put(id, ticket(id, version, owner, area, helped(helpers)));
      Optional<Audience> then = changed.add(id) ? known.find(id) : Optional.empty();
      then.ifPresent(t -> before.put(id, t));
      Optional<Audience> was = old.map(Audience::of);
      steps.add(
          new Step(
              new Sealed(
                  ++seq,
                  id,
                  version,
                  "TicketDispatched",
                  was.map(Audience::unit),
                  was.map(Audience::helpers).orElse(Set.of()),
                  Instant.EPOCH),
              then));
    }
    List<News> news = new ArrayList<>();
    for (long id : changed)
      news.add(new News(standing(id), "TicketDispatched", Optional.ofNullable(before.get(id))));
    ring.addAll(steps, news);
    for (News one : news) known.put(one.ticket().id(), one.audience());
  }

  private Ticket standing(long id) {
    return Optional.ofNullable(now.get(id)).orElseThrow();
  }

  private static View view(Random random) {
    Scope scope =
        switch (random.nextInt(4)) {
          case 0 -> new Scope.District();
          case 1 -> new Scope.Limited(Set.of(AREAS.get(random.nextInt(2))), Set.of());
          case 2 -> new Scope.Nothing();
          default -> new Scope.Limited(Set.of(), Set.of(UNITS.get(random.nextInt(4))));
        };
    Wish wish =
        new Wish(
            random.nextInt(3) == 0 ? Optional.of(new Box(118, 32, 119, 33)) : Optional.empty(),
            random.nextInt(4) == 0 ? Set.of(UNITS.get(random.nextInt(4))) : Set.of(),
            random.nextInt(4) == 0 ? Set.of("east") : Set.of());
    return new View(1, Set.of(), scope, wish);
  }

  private static Progress helped(Set<String> helpers) {
    Life fresh = Life.fresh();
    return new Progress(
        0,
        0,
        0,
        Optional.empty(),
        Set.of(),
        Set.of(),
        Set.of(),
        new Life(
            fresh.dispatches(),
            fresh.misdispatches(),
            fresh.extensions(),
            fresh.urges(),
            fresh.supervision(),
            fresh.request(),
            fresh.resumeOn(),
            fresh.dispatchedAt(),
            fresh.closedAt(),
            fresh.mergedFrom(),
            fresh.master(),
            fresh.origin(),
            fresh.split(),
            fresh.askedRound(),
            fresh.appeal(),
            fresh.appealReviewer(),
            helpers.stream()
                .map(u -> new Life.Part(u, Life.Part.Kind.CO, Life.Part.Step.ASKED))
                .toList(),
            fresh.check(),
            fresh.draft(),
            fresh.parent()));
  }

  private static Ticket ticket(long id, int version, String owner, String area, Progress progress) {
    return new Ticket(
        id,
        "T" + id,
        TicketState.PENDING_SIGN,
        version,
        new Ticket.Matter(
            Channel.PHONE, ReportType.HELP, Urgency.NORMAL, Optional.empty(), Optional.empty()),
        new Place(
            id % 3 == 0
                ? Optional.of(new Position(117.5, 32.5))
                : Optional.of(new Position(118.5, 32.5)),
            List.of(new Place.AreaName("street", area, area)),
            Place.Flag.OK,
            java.util.OptionalDouble.empty(),
            "v1"),
        Optional.empty(),
        owner.isEmpty()
            ? Optional.empty()
            : Optional.of(new Ticket.Owner(owner, new Ground.ByPerson(1, "v1", List.of()))),
        new Ticket.Subject(1, 1, Ticket.Reporter.NOBODY),
        progress,
        List.<Deadline>of(),
        Instant.EPOCH,
        Instant.EPOCH);
  }
}
