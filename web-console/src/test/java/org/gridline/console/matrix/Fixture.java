package org.gridline.console.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.gridline.console.Await;
import org.gridline.console.Town;
import org.gridline.dispatch.evidence.Photos;

/** Tickets in all of a street's and a unit's neighbourhood, of every kind of caller. */
final class Fixture {
  /** A component with where it stands and whose it is. */
  record Part(String code, String community, Set<String> owners) {
    Part {
      owners = Set.copyOf(owners);
    }
  }

  /**
   * A file.
   *
   * @param seenIn the ticket that it came with and the parts split off it since; empty: nobody has
   *     named it yet, and it is the operator's
   */
  record File(long id, List<Long> seenIn, boolean photo) {
    File {
      seenIn = List.copyOf(seenIn);
    }
  }

  private static final double[] YAOHUA = {118.8445, 32.1104};
  private static final double[] MAQUN = {118.8656, 32.0840};
  private static final double[] XIANLIN = {118.9018, 32.0974};
  private static final String LAMP = "01037";
  private static final String POLICE = "02038";
  private static final String STREET = "06010";
  private static final String ROAD = "06012";
  private static final String COMMUNITY = "06036";
  private static final String NOBODY_KNOWS = "";

  final List<Case> cases;
  final List<File> files;
  final List<Part> parts =
      List.of(
          new Part("32011301037000001", "320113001001", Set.of("QX-CG", "QX-CG-ZM")),
          new Part("32011301037000032", "320113002001", Set.of("QX-CG", "QX-CG-ZM")),
          new Part(
              "32011303005000001", "320113001001", Set.of("QX-CG", "QX-CG-HW", "CM-320113001001")),
          new Part("32011302014000005", "320113002001", Set.of("QX-GA", "QX-GA-JJ")));
  final long call;

  /** A file of the operator's that a report may take. */
  final long spare;

  private final Town town;
  private final Casework work;

  private Fixture(Town town, Pack pack) {
    this.town = town;
    work = new Casework(town);
    cases = work.cases;
    files = work.files;
    build();
    call = work.call;
    seenAsTheyStand(pack);
    files.add(new File(work.upload("operator1", Photos.jpeg(120, 80)), List.of(), true));
    spare = work.upload("operator1", Photos.jpeg(120, 80));
  }

  static Fixture build(Town town, Pack pack) {
    return new Fixture(town, pack);
  }

  private void build() {
    long help = work.taken("help, own street, lamps", "help", false, YAOHUA, LAMP);
    handled(help, 0);
    long complaint = work.taken("complaint, own street, lamps", "complaint", false, YAOHUA, LAMP);
    handled(complaint, 1);
    long master = work.taken("report, foreign street, lamps", "report", false, MAQUN, LAMP);
    long refuse = work.taken("confidential, foreign street, refuse", "help", true, MAQUN, ROAD);
    work.taken("confidential complaint, own street, police", "complaint", true, YAOHUA, POLICE);
    long street = work.taken("help, foreign street's own", "help", false, MAQUN, STREET);
    act("maqun1", street, "sign", "");
    long own = work.taken("complaint, own street's own", "complaint", false, YAOHUA, STREET);
    act("yaohua1", own, "sign", "");
    work.taken("report, own community's", "report", false, YAOHUA, COMMUNITY);
    long merged = work.taken("help merged into a foreign one", "help", false, YAOHUA, POLICE);
    act(
        "operator1",
        merged,
        "merge",
        ",\"master\":\"" + ticket(master).number() + "\",\"reason\":\"同一件事\"");
    long answered = work.taken("consult answered", "consult", false, XIANLIN, NOBODY_KNOWS);
    act(
        "operator1",
        answered,
        "answer",
        ",\"words\":\"" + ticket(answered).telling().answer() + "\"");
    work.taken("complaint that nobody owns", "complaint", false, XIANLIN, NOBODY_KNOWS);
    long joint = work.taken("complaint with a co-unit", "complaint", false, MAQUN, LAMP);
    act("ludeng1", joint, "sign", "");
    act("dispatcher1", joint, "joinUnit", ",\"unit\":\"QX-CG-HW\"");
    long cancelled = work.taken("report cancelled", "report", false, YAOHUA, LAMP);
    act(
        "chief1",
        cancelled,
        "cancel",
        ",\"ground\":\"" + ground(cancelled) + "\",\"reason\":\"重复\"");
    work.taken("complaint without a place", "complaint", false, new double[0], NOBODY_KNOWS);
    long later = work.taken("help kept confidential later", "help", true, MAQUN, POLICE);
    act("gongan1", later, "sign", "");
    // Until now everybody who sees it may search all of its words.
    String said = ticket(later).telling().spoken();
    Await.until(
        () ->
            town.get("gongan1", "/api/v1/tickets?q=" + said)
                .body()
                .contains(ticket(later).number()));
    act("operator1", later, "keepConfidential", "");
    work.taken("confidential, by a call", "help", true, YAOHUA, LAMP);
    drawn(help, complaint);
    divided(joint, refuse, street);
    feedback("maqun1", street, 5);
  }

  /** Two of one unit, so that the lot falls on another person for each, and a worker's own find. */
  private void drawn(long help, long complaint) {
    act("dispatcher1", help, "pass", "");
    act("dispatcher1", complaint, "pass", "");
    long found = work.found("help found by a worker, own street, lamps", "worker1", YAOHUA, LAMP);
    handled(found, cases.size() - 1);
    act("dispatcher1", found, "pass", "");
  }

  /** Parts that go to others than their originals, one of them to its check, one of them back. */
  private void divided(long joint, long refuse, long street) {
    long police = work.split("part of a complaint, police", joint, POLICE);
    work.dispatched(police, POLICE, "QX-GA");
    act("gongan1", police, "sign", "");
    long lamps = work.split("part of a confidential one, lamps, drawn", refuse, LAMP);
    work.dispatched(lamps, LAMP, "QX-CG-ZM");
    handled(lamps, cases.size() - 1);
    act("dispatcher1", lamps, "pass", "");
    long back = work.split("part that went back", street, POLICE);
    work.dispatched(back, POLICE, "QX-GA");
    act("operator1", back, "undoSplit", ",\"reason\":\"是同一件事\"");
    work.backAgain(back);
  }

  private void handled(long id, int n) {
    act("ludeng1", id, "sign", "");
    feedback("ludeng1", id, n);
  }

  /** The pack's first ground for cancelling. */
  private String ground(long ticket) {
    for (JsonNode action :
        Town.json(town.get("chief1", "/api/v1/tickets/" + ticket + "/actions")).path("actions"))
      if (action.path("action").asText().equals("cancel"))
        return action.path("fields").path(0).path("options").path(0).path("id").asText();
    throw new AssertionError("the chief can't cancel");
  }

  /** Areas, units and who is drawn as the centre reads them, once all has come about. */
  private void seenAsTheyStand(Pack pack) {
    cases.replaceAll(
        old -> {
          JsonNode now = Town.json(town.get("chief1", "/api/v1/tickets/" + old.id()));
          Set<String> areas = new HashSet<>();
          now.path("place").path("areas").forEach(code -> areas.add(code.asText()));
          Set<String> units = new HashSet<>();
          String owner = now.path("unit").asText("");
          if (!owner.isEmpty()) units.add(owner);
          now.path("life").path("parts").forEach(part -> units.add(part.path("unit").asText()));
          String reporter = old.label().contains("by a worker") ? "worker1" : "operator1";
          Set<String> hands =
              owner.isEmpty() ? Set.of() : pack.named(owner, List.of("ludeng1", reporter));
          return old.standing(
              areas, owner, now.path("checker").path("user").asText(""), units, hands);
        });
  }

  Case ticket(long id) {
    return cases.stream().filter(c -> c.id() == id).findFirst().orElseThrow();
  }

  File file(long id) {
    return files.stream().filter(f -> f.id() == id).findFirst().orElseThrow();
  }

  /** Where a file is seen, the ticket that it came with first. */
  List<Case> tickets(File file) {
    return file.seenIn().stream().map(this::ticket).toList();
  }

  /** Handlers write down what they should not. */
  private void feedback(String user, long id, int n) {
    String words = cases.get(n).telling().answer();
    act(user, id, "feedback", ",\"result\":\"solved\",\"words\":\"" + words + "\"");
  }

  void act(String user, long id, String action, String fields) {
    work.act(user, id, action, fields);
  }
}
