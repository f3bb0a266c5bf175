package org.gridline.console.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gridline.console.Town;
import org.gridline.console.matrix.Case.Canary;
import org.gridline.console.matrix.Thing.Presence;

/** Whether an answer is the one that its asker should get, and tells nothing that it should not. */
final class Judge {
  private static final Set<String> AUDITED =
      Set.of("GET /api/v1/case-openings", "GET /api/v1/caller-looks");
  private static final Set<String> LISTING =
      Set.of(
          "GET /api/v1/tickets",
          "GET /api/v1/notices",
          "GET /ogc/collections/{collectionId}/items");
  private static final Set<String> NOT_THERE = Set.of("not_found", "call_unknown");

  private final Rules rules;
  private final Fixture fixture;
  private final Set<String> actions;

  /**
   * @param actions ids of the actions that a ticket knows
   */
  Judge(Rules rules, Fixture fixture, Set<String> actions) {
    this.rules = rules;
    this.fixture = fixture;
    this.actions = Set.copyOf(actions);
  }

  /** What is wrong with an answer; empty when nothing is. */
  Optional<String> complaint(Try tried, Asker asker, HttpResponse<byte[]> answer) {
    String body = new String(answer.body(), StandardCharsets.UTF_8);
    Optional<String> leak = leak(tried, asker, answer.headers().map() + body);
    if (leak.isPresent()) return leak;
    String code = code(answer, body);
    int status = answer.statusCode();
    if (status >= 500) return Optional.of("breaks: " + status + " " + code);
    String expected = expected(tried, asker, status, code);
    return expected.isEmpty()
        ? Optional.empty()
        : Optional.of("answers " + status + " " + code + " instead of " + expected);
  }

  /** What this text tells that its asker may not know. */
  private Optional<String> leak(Try tried, Asker asker, String text) {
    return rules
        .leak(asker, fixture.cases, text, canary -> onPurpose(tried, asker, canary))
        .or(() -> hands(tried, asker, text))
        .map(told -> "tells " + told);
  }

  /** Whoever checks a ticket reads of nobody who handled or reported it where it is spoken of. */
  private Optional<String> hands(Try tried, Asker asker, String text) {
    for (Case ticket : fixture.cases)
      if (rules.blind(asker, ticket) && speaksOf(tried, ticket))
        for (String hand : ticket.hands())
          if (text.contains(hand))
            return Optional.of("who had a hand in '" + ticket.label() + "': " + hand);
    return Optional.empty();
  }

  private boolean speaksOf(Try tried, Case ticket) {
    if (LISTING.contains(tried.operation().name())) return true;
    List<String> ids = new ArrayList<>(List.of(Long.toString(ticket.id())));
    for (Fixture.File file : fixture.files)
      if (file.seenIn().contains(ticket.id())) ids.add(Long.toString(file.id()));
    return tried.things().stream().map(Thing::value).anyMatch(ids::contains);
  }

  /** Calls that show a caller to whoever speaks with them, and write it down. */
  private boolean onPurpose(Try tried, Asker asker, Canary canary) {
    // The audit administrator reads who opened which case, and of the case its number.
    if (canary.kind() == Canary.Kind.TICKET
        && asker.may("readAudit")
        && AUDITED.contains(tried.operation().name())) return true;
    if (canary.kind() != Canary.Kind.PHONE || !rules.speaksWithCallers(asker)) return false;
    return switch (tried.operation().name()) {
      case "POST /api/v1/tickets/{id}/caller" ->
          fixture
              .ticket(Long.parseLong(tried.things().getFirst().value()))
              .canaries()
              .contains(canary);
      case "GET /api/v1/calls/{id}" ->
          asker.login().equals("operator1")
              && fixture.cases.stream()
                  .filter(c -> c.label().endsWith("by a call"))
                  .anyMatch(c -> c.canaries().contains(canary));
      default -> false;
    };
  }

  private static String code(HttpResponse<byte[]> answer, String body) {
    String type = answer.headers().firstValue("Content-Type").orElse("");
    if (!type.startsWith("application/problem+json")) return "";
    JsonNode problem = Town.json(body);
    return problem.path("code").asText();
  }

  /** What should have come instead; blank when it is as it should be. */
  private String expected(Try tried, Asker asker, int status, String code) {
    Operation operation = tried.operation();
    if (open(operation.demand())) return "";
    switch (asker.door()) {
      case ANONYMOUS -> {
        return only(status, code, 401, "unauthenticated");
      }
      case DEAD -> {
        return only(status, code, 401, "session_expired");
      }
      case CHORE -> {
        if (operation.demand() != Demand.Door.OWN_ACCOUNT)
          return only(status, code, 403, "password_change_required");
      }
      case FOREIGN_PAGE -> {
        if (!operation.reads()) return only(status, code, 403, "csrf_missing");
      }
      case BASIC -> {
        if (!operation.basic()) return only(status, code, 401, "unauthenticated");
      }
      case IN -> {}
    }
    Presence presence = asker.door() == Asker.Door.CHORE ? Presence.EITHER : tried.presence(asker);
    boolean missing = NOT_THERE.contains(code) && status == 404;
    if (!demandMet(tried, asker)) {
      boolean refused = code.equals("not_permitted") && status == 403;
      // With an action it is also said that the ticket does not stand so that anybody could.
      boolean impossible = !tried.action().isEmpty() && code.equals("illegal_action");
      boolean late = tried.late() && code.equals("version_conflict");
      if (presence == Presence.HIDDEN) return refused || missing ? "" : "403 or 404";
      return refused || impossible || late || (presence == Presence.EITHER && missing)
          ? ""
          : "403 not_permitted";
    }
    return met(tried, asker, presence, status, code, missing);
  }

  private String met(
      Try tried, Asker asker, Presence presence, int status, String code, boolean missing) {
    if (List.of("unauthenticated", "session_expired", "csrf_missing").contains(code))
      return "to be let in";
    Optional<String> special = Exceptions.expected(tried, asker, rules, fixture, status, code);
    if (special.isPresent()) return special.get();
    return switch (presence) {
      case HIDDEN -> missing ? "" : "404";
      case EITHER -> code.equals("not_permitted") ? "not to be refused" : "";
      case THERE -> {
        if (tried.late()) yield only(status, code, 409, "version_conflict");
        if (code.equals("not_permitted")) yield "not to be refused";
        yield tried.operation().reads() && (status < 200 || status > 399) ? "2xx" : "";
      }
    };
  }

  private static String only(int status, String code, int wanted, String wantedCode) {
    return status == wanted && code.equals(wantedCode) ? "" : wanted + " " + wantedCode;
  }

  private static boolean open(Demand demand) {
    return demand == Demand.Door.PUBLIC
        || demand == Demand.Door.OPERATOR
        || demand == Demand.Door.EXCHANGE;
  }

  /** Whether somebody has what a call demands. */
  boolean demandMet(Try tried, Asker asker) {
    return switch (tried.operation().demand()) {
      case Demand.Door door ->
          switch (door) {
            case PUBLIC, OPERATOR, EXCHANGE, OWN_ACCOUNT, SIGNED_IN -> true;
            case SCOPED -> !asker.reach().equals("none");
            case WORKS_ON_TICKETS ->
                asker.may("takeReport") || asker.permissions().stream().anyMatch(actions::contains);
            case BY_ACTION -> asker.may(tried.action());
          };
      case Demand.AnyOf(var permissions) -> permissions.stream().anyMatch(asker::may);
      case Demand.Chosen(var byAction) -> asker.may(byAction.getOrDefault(tried.action(), ""));
    };
  }
}
