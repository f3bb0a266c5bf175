package org.gridline.dispatch.ticket;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.intake.Channel;
import org.gridline.dispatch.intake.ReportType;
import org.gridline.dispatch.intake.Urgency;
import org.gridline.dispatch.people.Permission;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.place.Place;
import org.gridline.gis.position.Position;

/** Lets made-up people of the sample city do whatever comes to their mind, by chance and seed. */
final class Walker {
  private static final List<CategoryKey> CATEGORIES =
      List.of(
          new CategoryKey("event", "06010"),
          new CategoryKey("event", "01001"),
          new CategoryKey("SQ", "SQ0301"));

  final CityPack pack;
  final Decide decide;
  final ActionForm forms;
  final List<User> people;
  final Map<ActionKind, List<User>> able = new EnumMap<>(ActionKind.class);
  private final Random random;
  private final Standing standing;
  private long ids = 1;

  Walker(CityPack pack, long seed) {
    this.pack = pack;
    this.decide = new Decide(pack.policy());
    this.forms = new ActionForm(pack.policy().choices());
    this.random = new Random(seed);
    this.people = people(pack);
    this.standing = new Standing(pack.policy().units());
    for (ActionKind kind : ActionKind.values())
      able.put(kind, people.stream().filter(u -> u.may(new Permission.Act(kind))).toList());
  }

  /** Where the repository begins; tests run in their module's folder. */
  static Path repository() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("gridline"))
        ? here
        : Optional.ofNullable(here.getParent()).orElse(here);
  }

  private static List<User> people(CityPack pack) {
    List<User> users = new ArrayList<>();
    for (CityPack.SamplePerson p : pack.people()) {
      // The centre, and the units that own tickets here.
      if (!p.unit().matches("QX-(ZX|CG|SW|ZLS).*|(ST|CM)-320113001.*")) continue;
      users.add(
          new User(
              users.size() + 1L,
              p.login(),
              p.name(),
              Optional.of(p.unit()).filter(u -> !u.isEmpty()),
              p.areas(),
              pack.roles().stream().filter(r -> p.roles().contains(r.id())).toList()));
    }
    return users;
  }

  Ticket fresh(Instant now) {
    Place place =
        new Place(
            Optional.of(new Position(118.89, 32.12)),
            List.of(
                new Place.AreaName("district", "320113", "栖霞区"),
                new Place.AreaName("street", "320113001", "尧化街道")),
            Place.Flag.OK,
            OptionalDouble.of(200),
            "v1");
    ReportType type = pick(List.of(ReportType.values()));
    Ticket.Reporter reporter = pick(List.of(Ticket.Reporter.values()));
    Ticket blank =
        new Ticket(
            ids++,
            "QX-" + ids,
            TicketState.REGISTERED,
            0,
            new Ticket.Matter(
                Channel.PHONE,
                type,
                pick(List.of(Urgency.values())),
                Optional.empty(),
                Optional.empty()),
            place,
            Optional.empty(),
            Optional.empty(),
            new Ticket.Subject(1, 1, reporter),
            Progress.none(),
            List.of(),
            now,
            now);
    return decide.started(blank, List.of(new ClockEffect.Start(Clock.ACCEPT)), now);
  }

  /** Some time later, mostly soon. */
  Instant later(Instant now) {
    long minutes = random.nextInt(10) == 0 ? random.nextInt(3 * 24 * 60) : random.nextInt(90);
    return now.plus(Duration.ofMinutes(minutes));
  }

  <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  /** An action of that kind with answers that the form takes. */
  Action action(ActionKind kind, Ticket master, Instant now) {
    Map<String, Object> answers = new HashMap<>();
    for (ActionField field : forms.fields(kind)) {
      Object answer =
          switch (field.kind()) {
            case TEXT -> Set.of("call", "article", "number").contains(field.name()) ? "7" : "说明";
            case CHOICE -> pick(field.choices()).id();
            case UNIT -> pick(List.of("QX-CG-HW", "QX-SW", "ST-320113001", "QX-ZLS"));
            case CATEGORY -> {
              CategoryKey key = pick(CATEGORIES);
              yield Map.of("kind", key.kind(), "code", key.code());
            }
            case BOOLEAN -> random.nextInt(4) > 0;
            case DATE ->
                pack.policy().calendar().day(now).plusDays(1 + random.nextInt(20)).toString();
            case TIME -> now.plus(Duration.ofDays(1 + random.nextInt(9))).toString();
            case TICKET -> master.number();
          };
      answers.put(field.name(), answer);
    }
    if (kind == ActionKind.PROPOSE_REJECT) {
      Refusal outcome = pick(List.of(Refusal.values()));
      answers.put("outcome", outcome.id());
      answers.put("route", outcome.routes().isEmpty() ? "" : pick(outcome.routes()).id());
    }
    Action read = forms.read(kind, answers);
    return switch (read) {
      case Action.Merge merge ->
          new Action.Merge(merge.number(), Optional.of(master), merge.words());
      case Action.Split split -> split.as(master.id());
      case Action.UndoSplit undo -> new Action.UndoSplit(Optional.of(master), undo.words());
      case Action.Drawing d -> new Action.Drawing(d.kind(), Optional.of(lot()), d.words());
      case Action.SelfHandle s ->
          new Action.SelfHandle(s.category(), Optional.of(lot()), s.words());
      default -> read;
    };
  }

  /** Everybody, in an order of turns that chance made. */
  private Lot lot() {
    return new Lot(
        random.nextLong(),
        able.getOrDefault(ActionKind.CHECK, List.of()).stream()
            .map(u -> new Lot.Turn(u, Optional.of(Instant.ofEpochSecond(random.nextInt(1_000)))))
            .toList(),
        Optional.empty());
  }

  /** What came of somebody's try; empty when it was refused. */
  Optional<Decision> attempt(Ticket ticket, Action action, User by, Instant now) {
    try {
      return Optional.of(decide.decide(ticket, action, by, now));
    } catch (Failure refused) {
      return Optional.empty();
    }
  }

  /** A step that the table has at this state, by somebody who may; mostly straight on. */
  Optional<Decision> step(Ticket ticket, Ticket master, Instant now) {
    List<ActionKind> kinds = decide.legal(ticket, now);
    if (kinds.isEmpty()) return Optional.empty();
    ActionKind kind = pick(kinds);
    if (kind.sort() == ActionKind.Sort.ASIDE && random.nextInt(3) > 0) kind = pick(kinds);
    List<User> those = able.getOrDefault(kind, List.of());
    if (those.isEmpty()) return Optional.empty();
    ActionKind chosen = kind;
    Lifecycle.Who who = Lifecycle.list(ticket.state(), chosen).getFirst().who();
    List<User> fitting = those.stream().filter(u -> standing.fits(who, ticket, u)).toList();
    return attempt(
        ticket, action(kind, master, now), pick(fitting.isEmpty() ? those : fitting), now);
  }
}
