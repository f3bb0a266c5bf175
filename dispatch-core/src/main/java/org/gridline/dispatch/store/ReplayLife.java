package org.gridline.dispatch.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Flags and the column {@code life} of one ticket as the events make them. What is zero, empty or
 * not there has no member, as in the column.
 */
final class ReplayLife {
  /** Members that hold times, which have been spelled in two ways. */
  private static final List<String> TIMES = List.of("dispatchedAt", "closedAt");

  /** A number is what it counts, however many bits it came in. */
  private static final Comparator<JsonNode> SPELLING =
      (a, b) ->
          a.isIntegralNumber() && b.isIntegralNumber()
              ? Long.compare(a.longValue(), b.longValue())
              : a.equals(b) ? 0 : 1;

  final TreeSet<String> flags = new TreeSet<>();
  private final ObjectNode members = JsonNodeFactory.instance.objectNode();

  void set(String flag) {
    flags.add(flag);
  }

  void clear(String... gone) {
    Arrays.asList(gone).forEach(flags::remove);
  }

  /** One more of something that is counted. */
  void count(String member) {
    members.put(member, members.path(member).asInt() + 1);
  }

  void put(String member, String value) {
    members.put(member, value);
  }

  void put(String member, long value) {
    if (value == 0) members.remove(member);
    else members.put(member, value);
  }

  void at(String member, CopyRow event) {
    members.put(
        member, Instant.EPOCH.plus(event.micros(LoggedEvent.AT), ChronoUnit.MICROS).toString());
  }

  void drop(String... gone) {
    members.remove(Arrays.asList(gone));
  }

  String get(String member) {
    return members.path(member).asText();
  }

  void split(long part) {
    members.withArray("split").add(part);
  }

  long number(String member) {
    return members.path(member).asLong();
  }

  void asked(String kind, Replay ticket, CopyRow event, String what, String more, String until) {
    ObjectNode request = members.putObject("request");
    request.put("kind", kind).put("version", ticket.version + 1);
    request.put("asker", event.number(LoggedEvent.USER)).put("step", "ASKED").put("what", what);
    if (!more.isEmpty()) request.put("more", more);
    if (!until.isEmpty()) request.put("until", until);
  }

  /** The unit itself supports what was asked for, or does not. */
  void reviewed(boolean supported) {
    if (!supported) members.remove("request");
    else if (members.path("request") instanceof ObjectNode r) r.put("step", "SUPPORTED");
  }

  void dispatched(CopyRow event) {
    count("dispatches");
    at("dispatchedAt", event);
  }

  void misdispatched() {
    count("misdispatches");
    set("MISDISPATCHED");
  }

  /** Another unit helps; a unit helps once, and who is asked again comes last. */
  void helper(String unit, String kind) {
    released(unit);
    ArrayNode parts = members.withArray("parts");
    parts.addObject().put("unit", unit).put("kind", kind).put("step", "ASKED");
  }

  void helperAt(String unit, String step) {
    for (JsonNode part : members.path("parts")) {
      if (part.path("unit").asText().equals(unit)) ((ObjectNode) part).put("step", step);
    }
  }

  void released(String unit) {
    if (!(members.path("parts") instanceof ArrayNode parts)) return;
    for (int i = parts.size() - 1; i >= 0; i--) {
      if (parts.get(i).path("unit").asText().equals(unit)) parts.remove(i);
    }
    if (parts.isEmpty()) members.remove("parts");
  }

  /** What was drafted, before anybody's hand is noted. */
  void drafted(JsonNode fact, long author) {
    ObjectNode draft = members.putObject("draft");
    draft.put("action", fact.path("action").asText()).put("author", author).put("signed", 0);
    draft.putArray("hands");
    draft.put("what", fact.path("what").asText());
    if (!fact.path("more").asText().isEmpty()) draft.put("more", fact.path("more").asText());
    draft.set("chain", fact.path("chain"));
  }

  /** Whoever drafted or signed, and for whom they stood in; 0 for nobody. */
  void signed(long user, long actingFor, int signatures) {
    if (!(members.path("draft") instanceof ObjectNode draft)) return;
    draft.put("signed", draft.path("signed").asInt() + signatures);
    draft.withArray("hands").add(user);
    if (actingFor != 0) draft.withArray("hands").add(actingFor);
  }

  /** A request that the unit has signed needs no review there, and its drafter asked for it. */
  void signedRequest(JsonNode signedBy) {
    if (signedBy.isEmpty() || !(members.path("request") instanceof ObjectNode request)) return;
    request.put("asker", signedBy.path(0).asLong()).put("step", "SUPPORTED");
  }

  /** The ticket of a platform above; another link keeps the time of the first. */
  void parentLinked(JsonNode fact, CopyRow event) {
    String linkedAt = members.path("parent").path("linkedAt").asText();
    String now = Instant.EPOCH.plus(event.micros(LoggedEvent.AT), ChronoUnit.MICROS).toString();
    members
        .putObject("parent")
        .put("number", fact.path("number").asText())
        .put("dueAt", fact.path("dueAt").asText())
        .put("replyForm", fact.path("replyForm").asText())
        .put("linkedAt", linkedAt.isEmpty() ? now : linkedAt);
  }

  void parentRevisited(JsonNode fact) {
    if (!(members.path("parent") instanceof ObjectNode parent)) return;
    String outcome = fact.path("outcome").asText();
    parent.put("revisit", outcome.isEmpty() ? fact.path("answer").asText() : outcome);
    String satisfaction = fact.path("satisfaction").asText();
    if (satisfaction.isEmpty()) parent.remove("satisfaction");
    else parent.put("satisfaction", satisfaction);
  }

  void parentEnded(String how) {
    if (members.path("parent") instanceof ObjectNode parent) parent.put("end", how);
    drop("request", "draft", "check", "resumeOn");
  }

  /** Who is to check from now on; {@code repeats} is whose check is repeated, 0 for nobody's. */
  void drawn(JsonNode fact, long repeats) {
    members.remove("check");
    long checker = fact.path("draw").path("checker").asLong();
    if (checker == 0) return;
    ObjectNode check = members.putObject("check").put("checker", checker);
    if (repeats != 0) check.put("repeats", repeats);
  }

  /** A member of who is to check: {@code checker} or {@code repeats}; 0 for nobody. */
  long checker(String member) {
    return members.path("check").path(member).asLong();
  }

  @Override
  public String toString() {
    return members.toString();
  }

  /** Whether a stored column says the same. */
  boolean agrees(JsonNode stored) {
    if (!(stored instanceof ObjectNode other) || other.size() != members.size()) return false;
    for (Map.Entry<String, JsonNode> mine : members.properties()) {
      JsonNode theirs = other.path(mine.getKey());
      if (!mine.getValue().equals(SPELLING, theirs) && !sameTime(mine.getKey(), theirs))
        return false;
    }
    return true;
  }

  private boolean sameTime(String member, JsonNode other) {
    return TIMES.contains(member)
        && other.isTextual()
        && Instant.parse(other.asText()).equals(Instant.parse(get(member)));
  }
}
