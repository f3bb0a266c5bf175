package org.gridline.console.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.gridline.console.view.TicketWriter.Beside;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.classify.CategoryTree;
import org.gridline.dispatch.classify.Suggestion;
import org.gridline.dispatch.event.EventLog.Entry;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.ticket.TicketState;
import org.gridline.dispatch.ticket.TicketStore.Particulars;

/** Histories as JSON, and what a history still knows about a ticket's beginning. */
public final class HistoryWriter {
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  private HistoryWriter() {}

  /**
   * One step.
   *
   * @param users those who acted, by id
   */
  public static ObjectNode event(
      Entry entry, Map<Long, User> users, Sight sight, Particulars particulars, ZoneId zone) {
    ObjectNode node = Json.object();
    entry.seq().ifPresentOrElse(s -> node.put("seq", s), () -> node.putNull("seq"));
    node.put("version", entry.version());
    node.put("kind", entry.kind());
    node.put("at", Json.time(entry.at(), zone));
    JsonNode data = data(entry);
    Optional<ObjectNode> actor =
        entry.user().flatMap(id -> Optional.ofNullable(users.get(id))).map(HistoryWriter::actor);
    actor.ifPresent(
        who ->
            Json.set(
                who,
                "actingFor",
                actingFor(entry).stream()
                    .mapToObj(users::get)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .map(HistoryWriter::actor)));
    Json.set(node, "actor", actor);
    Json.put(node, "rule", Optional.of(entry.rule()).filter(r -> !r.isEmpty()));
    Json.put(node, "stateBefore", entry.stateBefore().map(TicketState::name));
    node.put("stateAfter", entry.stateAfter().name());
    Json.put(node, "unitBefore", entry.unitBefore());
    Json.put(node, "unitAfter", entry.unitAfter());
    if (data instanceof ObjectNode facts) facts.remove("actingFor");
    node.set("data", data);
    Json.put(
        node,
        "words",
        Optional.of(entry.words()).filter(w -> !w.isEmpty()).map(w -> sight.text(w, particulars)));
    node.put("hash", entry.hash());
    return node;
  }

  /**
   * What the first step knew about categories and units, and what the last dispatcher said; for a
   * ticket whose owner a person chose or still has to choose.
   */
  public static Beside beside(List<Entry> history, CategoryTree categories, TicketWriter writer) {
    List<Suggestion> suggestions = new ArrayList<>();
    List<ObjectNode> candidates = new ArrayList<>();
    Optional<String> reason = Optional.empty();
    for (Entry entry : history) {
      JsonNode data = data(entry);
      switch (entry.kind()) {
        case "TicketRegistered" -> {
          data.path("suggestions")
              .forEach(s -> suggestion(s.asText(), categories).ifPresent(suggestions::add));
          data.path("candidates").forEach(c -> candidates.add(writer.candidate(c.asText())));
        }
        case "TicketDispatched" -> reason = Optional.of(entry.words()).filter(w -> !w.isEmpty());
        default -> {}
      }
    }
    return new Beside(suggestions, candidates, reason);
  }

  /** Reads {@code kind:code=score}; a class that the pack no longer has is left out. */
  private static Optional<Suggestion> suggestion(String text, CategoryTree categories) {
    int colon = text.indexOf(':');
    int equals = text.lastIndexOf('=');
    if (colon < 1 || equals < colon + 2) return Optional.empty();
    try {
      double score = Double.parseDouble(text.substring(equals + 1));
      return categories
          .find(new CategoryKey(text.substring(0, colon), text.substring(colon + 1, equals)))
          .map(c -> new Suggestion(c, score, List.of()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Ids of everybody whom a history names. */
  public static List<Long> people(List<Entry> history) {
    return history.stream()
        .flatMapToLong(
            e ->
                LongStream.concat(
                    e.user().stream().mapToLong(Long::longValue), actingFor(e).stream()))
        .distinct()
        .boxed()
        .toList();
  }

  /** Who the actor of a step stood in for. */
  private static OptionalLong actingFor(Entry entry) {
    JsonNode other = data(entry).path("actingFor");
    return other.isIntegralNumber() ? OptionalLong.of(other.longValue()) : OptionalLong.empty();
  }

  /** A step without who was drawn to check, for whoever must not know. */
  public static void withoutDraw(ObjectNode event) {
    if (event.get("data") instanceof ObjectNode data)
      data.remove(List.of("draw", "confirms", "against"));
  }

  /** Somebody by name. */
  public static ObjectNode actor(User user) {
    ObjectNode node =
        Json.object()
            .put("user", user.login())
            .put("name", user.name().zh())
            .put("nameEn", user.name().en());
    Json.put(node, "unit", user.unit());
    return node;
  }

  private static JsonNode data(Entry entry) {
    try {
      return MAPPER.readTree(entry.data());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("event " + entry.hash() + " holds no JSON", e);
    }
  }
}
