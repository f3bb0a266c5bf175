package org.gridline.dispatch.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.gridline.dispatch.ticket.Lifecycle;

/**
 * What the events say of one ticket, folded one after the other. What a kind of event does stands
 * in {@link ReplayTable}, what is compared with the ticket's row in {@link ReplayField}. Values are
 * texts as {@link ReplayField} spells them, empty for none.
 */
final class Replay {
  private static final Set<String> MOVES =
      Lifecycle.rows().stream()
          .map(row -> row.from().name() + " " + row.to().name())
          .collect(Collectors.toUnmodifiableSet());

  int version;
  byte[] head = new byte[0];
  String state = "";
  String unit = "";
  String channel = "";
  String type = "";
  String urgency = "";
  String category = "";

  /** A registration does not say whether its first suggestion was certain. */
  Optional<String> perhapsCategory = Optional.empty();

  String placeFlag = "";
  String boundaryVersion = "";
  String areas = "";
  String component = "";
  Optional<JsonNode> ground = Optional.empty();
  long words;
  final ReplayLife life = new ReplayLife();
  long master;

  /** Empty as long as no event told; a registration does not. */
  String reporter = "";

  int reworks;
  int returns;
  int revisitTries;
  String returnedFrom = "";
  final TreeSet<Long> handlers = new TreeSet<>();
  final TreeSet<Long> checkers = new TreeSet<>();
  long registeredAt;
  long updatedAt;

  /**
   * The next event happened.
   *
   * @return what is wrong with it, in words; empty when it goes on where the one before ended
   */
  Optional<String> take(LoggedEvent e) {
    CopyRow row = e.row();
    if (!e.follows(head)
        || e.version() != version + 1
        || !row.says(LoggedEvent.STATE_BEFORE, state)
        || !row.says(LoggedEvent.UNIT_BEFORE, unit)) {
      return Optional.of(e + " does not follow the event before it");
    }
    String after =
        row.says(LoggedEvent.STATE_AFTER, state) ? state : row.text(LoggedEvent.STATE_AFTER);
    if (version > 0 && !leads(state, after)) {
      return Optional.of(e + " goes from " + state + " to " + after + ", where no step leads");
    }
    Optional<ReplayTable.Step> step = ReplayTable.find(e.kind());
    if (step.isEmpty()) return Optional.of(e + " is of a kind that this program does not know");
    step.get().apply(this, row);
    version++;
    head = e.hash();
    state = after;
    if (!row.says(LoggedEvent.UNIT_AFTER, unit)) unit = row.text(LoggedEvent.UNIT_AFTER);
    updatedAt = row.micros(LoggedEvent.AT);
    return Optional.empty();
  }

  /** Whether the table of the lifecycle leads from one state to the other, or nothing moved. */
  private static boolean leads(String from, String to) {
    return from.equals(to) || MOVES.contains(from + " " + to);
  }

  /** What the first event says. */
  void registered(CopyRow row, JsonNode data) {
    registeredAt = row.micros(LoggedEvent.AT);
    words = row.number(LoggedEvent.WORDS);
    channel = data.path("channel").asText();
    type = data.path("type").asText();
    urgency = data.path("urgency").asText();
    placeFlag = data.path("placeFlag").asText();
    boundaryVersion = data.path("boundaryVersion").asText();
    component = data.path("component").asText();
    areas = String.join(",", texts(data.path("areas")));
    // A suggestion is kind:code=score.
    perhapsCategory =
        texts(data.path("suggestions")).stream()
            .findFirst()
            .map(s -> s.substring(0, Math.max(s.lastIndexOf('='), 0)));
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asText).toList();
  }

  void handledBy(CopyRow row) {
    addSelves(handlers, row);
  }

  void checkedBy(CopyRow row) {
    addSelves(checkers, row);
  }

  /**
   * Who acted, and for whom they stood in; few events name one, and only those are read as JSON.
   */
  private static void addSelves(SortedSet<Long> people, CopyRow row) {
    if (row.missing(LoggedEvent.USER)) return;
    people.add(row.number(LoggedEvent.USER));
    String data = row.text(LoggedEvent.DATA);
    if (!data.contains("\"actingFor\":")) return;
    JsonNode other = ReplayTable.json(data).path("actingFor");
    if (other.isIntegralNumber()) people.add(other.longValue());
  }

  void reworked() {
    reworks++;
    revisitTries = 0;
    life.set("REWORKED");
  }
}
