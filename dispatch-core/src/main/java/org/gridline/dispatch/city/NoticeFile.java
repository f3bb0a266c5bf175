package org.gridline.dispatch.city;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.intake.Urgency;
import org.gridline.dispatch.notice.Audience;
import org.gridline.dispatch.notice.MeansKind;
import org.gridline.dispatch.notice.NoticeRule;
import org.gridline.dispatch.notice.NoticeRules;
import org.gridline.dispatch.notice.NoticeRules.Ladder;
import org.gridline.dispatch.notice.Occasion;
import org.gridline.dispatch.notice.QuietHours;

/** Who is told what, by which means, in a pack's optional {@code notices.yaml}. */
public final class NoticeFile {
  private static final int MOST_MINUTES = 366 * 24 * 60;
  private static final int MOST_LEVELS = 9;

  /** What a pack without the file tells of beside clocks: what waits for a unit or was decided. */
  private static final List<Occasion> USUAL_FOR_OWNER =
      List.of(
          Occasion.DISPATCHED,
          Occasion.RULED,
          Occasion.RETURN_DENIED,
          Occasion.REWORK,
          Occasion.URGED,
          Occasion.SUPERVISED,
          Occasion.REOPENED);

  private final CityPack pack;
  private final Set<String> ids = new HashSet<>();

  private NoticeFile(CityPack pack) {
    this.pack = pack;
  }

  /**
   * Without a file: whoever is to act is told when a clock turns yellow, and the unit above as well
   * when it turns red; the owner's duty contacts hear of what comes to them, and the centre of what
   * comes back.
   *
   * @param folder the pack's folder
   * @throws UnusablePack naming file, place and reason
   */
  public static NoticeRules read(Path folder, CityPack pack) {
    Path file = folder.resolve("notices.yaml");
    if (!Files.exists(file)) return usual(pack);
    Yaml yaml = Yaml.read(file).only("quietHours", "passUrgencies", "ladders", "rules");
    NoticeFile reader = new NoticeFile(pack);
    QuietHours quiet =
        yaml.find("quietHours").map(reader::quiet).orElse(QuietHours.none(pack.city().timeZone()));
    return new NoticeRules(
        yaml.optionalList("rules", reader::rule),
        yaml.optionalList("ladders", reader::ladder),
        quiet,
        urgencies(yaml, "passUrgencies"),
        pack.policy().units(),
        pack.roles());
  }

  private static NoticeRules usual(CityPack pack) {
    List<NoticeRule> rules = new ArrayList<>();
    rules.add(rule(Occasion.CLOCK_WARNED, new Audience.Acting()));
    rules.add(
        rule(
            Occasion.CLOCK_OVERDUE,
            new Audience.Acting(),
            new Audience.OfUnit(new Audience.Which.AboveOwner(), Optional.empty())));
    for (Occasion occasion : USUAL_FOR_OWNER)
      rules.add(rule(occasion, new Audience.OnDuty(new Audience.Which.Owner())));
    rules.add(rule(Occasion.UNIT_ASKED, new Audience.OnDuty(new Audience.Which.Asked())));
    rules.add(rule(Occasion.RETURNED, new Audience.Acting()));
    rules.add(rule(Occasion.DISPUTED, new Audience.Acting()));
    return new NoticeRules(
        rules,
        List.of(),
        QuietHours.none(pack.city().timeZone()),
        Set.of(),
        pack.policy().units(),
        pack.roles());
  }

  private static NoticeRule rule(Occasion on, Audience... to) {
    return new NoticeRule(
        on.id(),
        on,
        Set.of(),
        Set.of(),
        OptionalInt.empty(),
        List.of(to),
        NoticeRule.Quiet.WAITS,
        Optional.empty(),
        0,
        List.of(),
        Set.of());
  }

  private QuietHours quiet(Yaml yaml) {
    List<LocalTime> span = yaml.list(t -> LocalTime.parse(t.text()));
    if (span.size() != 2) throw yaml.wrong("", "must be [from, to]");
    return new QuietHours(span.get(0), span.get(1), pack.city().timeZone());
  }

  private Ladder ladder(Yaml yaml) {
    yaml.only("clocks", "afterMinutes");
    List<Duration> after = yaml.list("afterMinutes", m -> minutes(m, m.node().asDouble(-1)));
    if (after.size() > MOST_LEVELS) throw yaml.wrong("afterMinutes", "has more than 9 levels");
    return new Ladder(clocks(yaml), after);
  }

  private static Duration minutes(Yaml at, double minutes) {
    if (minutes < 0 || minutes > MOST_MINUTES || minutes != Math.rint(minutes))
      throw at.wrong("", "must be whole minutes, at most a year");
    return Duration.ofMinutes((long) minutes);
  }

  private NoticeRule rule(Yaml yaml) {
    yaml.only(
        "id",
        "on",
        "clocks",
        "urgencies",
        "level",
        "to",
        "means",
        "quiet",
        "repeatMinutes",
        "most",
        "then");
    String id = yaml.read("id", NoticeFile::word);
    if (!ids.add(id)) throw yaml.wrong("id", "comes twice: " + id);
    Optional<Duration> repeat =
        yaml.find("repeatMinutes")
            .map(there -> Duration.ofMinutes(whole(yaml, "repeatMinutes", MOST_MINUTES)));
    return new NoticeRule(
        id,
        yaml.read("on", o -> found(Occasion.find(o), "no occasion " + o)),
        clocks(yaml),
        urgencies(yaml, "urgencies"),
        yaml.find("level").isPresent()
            ? OptionalInt.of((int) whole(yaml, "level", MOST_LEVELS))
            : OptionalInt.empty(),
        yaml.list("to", this::audience),
        yaml.find("quiet").isPresent()
            ? yaml.read("quiet", NoticeFile::quietWord)
            : NoticeRule.Quiet.WAITS,
        repeat,
        yaml.find("most")
            .map(there -> (int) whole(yaml, "most", 1_000))
            .orElse(repeat.isPresent() ? NoticeRule.WITHOUT_END : 0),
        levels(yaml),
        yaml.optionalList("means", NoticeFile::means).stream()
            .flatMap(Optional::stream)
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** A list of people is one level, a list of such lists several. */
  private List<List<Audience>> levels(Yaml yaml) {
    Optional<Yaml> then = yaml.find("then");
    if (then.isEmpty() || then.get().node().isEmpty()) return List.of();
    if (!then.get().node().path(0).isArray()) return List.of(then.get().list(this::audience));
    List<List<Audience>> levels = then.get().list(level -> level.list(this::audience));
    if (levels.size() > MOST_LEVELS) throw yaml.wrong("then", "has more than 9 levels");
    if (levels.stream().anyMatch(List::isEmpty)) throw yaml.wrong("then", "has a level of nobody");
    return levels;
  }

  private static NoticeRule.Quiet quietWord(String word) {
    return switch (word) {
      case "waits" -> NoticeRule.Quiet.WAITS;
      case "passes" -> NoticeRule.Quiet.PASSES;
      default -> throw new IllegalArgumentException("is waits or passes, not " + word);
    };
  }

  /** The bell always shows it, so it is no means that goes out. */
  private static Optional<String> means(Yaml yaml) {
    MeansKind means =
        MeansKind.find(yaml.text())
            // A rule that names a means which is not there would leave people untold.
            .orElseThrow(
                () ->
                    yaml.wrong(
                        "",
                        "is "
                            + Arrays.stream(MeansKind.values())
                                .map(MeansKind::id)
                                .collect(Collectors.joining(" or "))
                            + ", not "
                            + yaml.text()));
    return means == MeansKind.IN_APP ? Optional.empty() : Optional.of(means.id());
  }

  private static String word(String id) {
    if (!id.matches("[A-Za-z0-9-]{1,40}"))
      throw new IllegalArgumentException("must be letters, digits and hyphens");
    return id;
  }

  private static long whole(Yaml yaml, String member, long most) {
    double number = yaml.number(member);
    if (number < 0 || number > most || number != Math.rint(number))
      throw yaml.wrong(member, "must be a whole number, at most " + most);
    return (long) number;
  }

  private static Set<Clock> clocks(Yaml yaml) {
    return yaml
        .optionalList("clocks", c -> found(Clock.find(c.text()), "no clock " + c.text()))
        .stream()
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Set<String> urgencies(Yaml yaml, String member) {
    return yaml
        .optionalList(member, u -> found(Urgency.find(u.text()), "no urgency " + u.text()).id())
        .stream()
        .collect(Collectors.toUnmodifiableSet());
  }

  private Audience audience(Yaml yaml) {
    if (yaml.node().isTextual()) {
      return switch (yaml.text()) {
        case "acting" -> new Audience.Acting();
        case "handlers" -> new Audience.Handlers();
        default ->
            throw yaml.wrong(
                "", "is acting, handlers, {role: …}, {unit: …} or {duty: …}, not " + yaml.text());
      };
    }
    yaml.only("role", "unit", "duty");
    if (yaml.find("duty").isPresent()) {
      if (yaml.find("unit").isPresent() || yaml.find("role").isPresent())
        throw yaml.wrong("duty", "stands alone");
      return new Audience.OnDuty(yaml.read("duty", this::unit));
    }
    Optional<String> role =
        yaml.find("role").isPresent()
            ? Optional.of(yaml.read("role", this::role))
            : Optional.empty();
    if (yaml.find("unit").isEmpty())
      return new Audience.OfRole(
          role.orElseThrow(() -> yaml.wrong("", "names neither role nor unit nor duty")));
    return new Audience.OfUnit(yaml.read("unit", this::unit), role);
  }

  private String role(String id) {
    if (pack.roles().stream().noneMatch(r -> r.id().equals(id)))
      throw new IllegalArgumentException("no role " + id);
    return id;
  }

  private Audience.Which unit(String text) {
    return switch (text) {
      case "owner" -> new Audience.Which.Owner();
      case "above" -> new Audience.Which.AboveOwner();
      case "asked" -> new Audience.Which.Asked();
      default -> {
        if (pack.policy().units().find(text).isEmpty())
          throw new IllegalArgumentException("no unit " + text);
        yield new Audience.Which.Named(text);
      }
    };
  }

  private static <T> T found(Optional<T> value, String otherwise) {
    return value.orElseThrow(() -> new IllegalArgumentException(otherwise));
  }
}
