package org.gridline.console.matrix;

import java.util.Optional;
import org.gridline.console.matrix.Rules.Shown;
import org.gridline.console.matrix.Thing.Presence;

/** Calls whose right answer is more than found or not found. */
final class Exceptions {
  private Exceptions() {}

  /**
   * @return empty where the usual rule holds, else what should have come, blank for what came
   */
  static Optional<String> expected(
      Try tried, Asker asker, Rules rules, Fixture fixture, int status, String code) {
    return switch (tried.operation().name()) {
      case "GET /api/v1/attachments/{id}", "GET /api/v1/attachments/{id}/preview" ->
          file(tried, asker, rules, fixture, status, code);
      case "GET /api/v1/tickets/{id}/map.png" ->
          ticket(tried, fixture).areas().isEmpty() && status == 404
              ? Optional.of("")
              : Optional.empty();
      // What a report leads to is worked out with all components; only what is shown is narrowed.
      case "POST /api/v1/suggestions" -> Optional.of(status == 200 ? "" : "200");
      case "POST /api/v1/reports" -> Optional.of(report(tried, asker, status, code));
      case "POST /api/v1/delegations", "POST /api/v1/duty-shifts" ->
          Optional.of(
              status == 422 || standsIn(asker, status, code)
                  ? ""
                  : "422, since there is no such colleague");
      // A surveyor stands in their own areas.
      case "POST /api/v1/components" ->
          Optional.of(
              status == (inAreas(asker) ? 201 : 403) ? "" : "201 in one's own areas, else 403");
      // One's area list is the roster's own; asking for another's unit is refused.
      case "GET /api/v1/duty-shifts", "GET /api/v1/duty-people" ->
          Optional.of(status == 200 || code.equals("not_permitted") ? "" : "200");
      default -> Optional.empty();
    };
  }

  /** What one was given is not given on. */
  private static boolean standsIn(Asker asker, int status, String code) {
    return asker.label().contains(" for ") && status == 403 && code.equals("not_permitted");
  }

  /** Whether the description's example of a component lies with them. */
  private static boolean inAreas(Asker asker) {
    return asker.areas().stream().anyMatch("320113001001"::startsWith);
  }

  private static Case ticket(Try tried, Fixture fixture) {
    return fixture.ticket(Long.parseLong(tried.things().getFirst().value()));
  }

  private static Optional<String> file(
      Try tried, Asker asker, Rules rules, Fixture fixture, int status, String code) {
    if (tried.presence(asker) != Presence.THERE) return Optional.empty();
    Fixture.File file = fixture.file(Long.parseLong(tried.things().getFirst().value()));
    boolean preview = tried.operation().path().endsWith("preview");
    Shown least =
        tried.target().endsWith("original=true")
            ? Shown.ORIGINAL
            : preview ? Shown.PICTURE : Shown.COVERED;
    Shown shown =
        file.seenIn().isEmpty()
            ? Shown.ORIGINAL
            : rules.shown(asker, fixture.tickets(file), file.photo());
    if (shown.compareTo(least) > 0)
      return Optional.of(status == 403 && code.equals("not_permitted") ? "" : "403");
    if (preview && !file.photo()) return Optional.of(status == 404 ? "" : "404");
    return Optional.of(status == 200 ? "" : "200");
  }

  private static String report(Try tried, Asker asker, int status, String code) {
    boolean call = tried.things().stream().anyMatch(t -> t.kind().equals(Kinds.CALL));
    boolean file = tried.things().stream().anyMatch(t -> t.kind().equals("ownAttachment"));
    boolean own = asker.login().equals("operator1");
    if (call && !own) return code.equals("call_unknown") ? "" : "404 call_unknown";
    if (file && !own) return code.equals("attachment_unknown") ? "" : "422 attachment_unknown";
    return status == 201 || (file && status == 422) ? "" : "201";
  }
}
