package org.gridline.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gridline.console.Office;
import org.gridline.console.view.Json;
import org.gridline.console.view.PrivacyWriter;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.people.Permission.Right;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.privacy.CaseAudit;
import org.gridline.dispatch.privacy.CaseAudit.Filter;
import org.gridline.dispatch.privacy.CaseAudit.Looked;
import org.gridline.dispatch.privacy.CaseAudit.Opened;

/** Who opened which case and who looked at which caller, for auditors and nobody else. */
public final class CaseAuditRoutes {
  private static final int USUAL_PAGE = 100;
  private static final int MOST_PAGE = 500;

  private final Office office;
  private final CaseAudit audit;
  private final PrivacyWriter writer;

  public CaseAuditRoutes(Office office, CaseAudit audit) {
    this.office = office;
    this.audit = audit;
    this.writer = new PrivacyWriter(office.pack());
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/case-openings", this::openings),
        Endpoint.get("/api/v1/caller-looks", this::looks));
  }

  private Answer openings(Call call) {
    int limit = limit(call);
    List<Opened> found =
        audit.listOpened(
            filter(call), call.query("cursor").map(CaseAuditRoutes::opened), limit + 1);
    List<Opened> page = found.subList(0, Math.min(limit, found.size()));
    Map<Long, User> users = users(page.stream().map(Opened::user));
    ObjectNode node = Json.object();
    node.set("openings", Json.list(page, o -> writer.opened(o, users)));
    return Answer.json(
        found.size() > limit ? node.put("next", cursor(page.getLast())) : node.putNull("next"));
  }

  private Answer looks(Call call) {
    int limit = limit(call);
    List<Looked> found =
        audit.listLooks(filter(call), call.query("cursor").map(CaseAuditRoutes::id), limit + 1);
    List<Looked> page = found.subList(0, Math.min(limit, found.size()));
    Map<Long, User> users = users(page.stream().map(Looked::user));
    ObjectNode node = Json.object();
    node.set("looks", Json.list(page, l -> writer.looked(l, users)));
    return Answer.json(
        found.size() > limit
            ? node.put("next", String.valueOf(page.getLast().id()))
            : node.putNull("next"));
  }

  private static Filter filter(Call call) {
    if (!call.user().may(Right.READ_AUDIT))
      throw new Failure(FailureCode.NOT_PERMITTED, "仅审计管理员可查看 · for the audit administrator only");
    return new Filter(
        call.query("user").map(String::strip).filter(text -> !text.isEmpty()),
        call.query("ticket").map(String::strip).filter(text -> !text.isEmpty()));
  }

  private static int limit(Call call) {
    double limit = call.number("limit").orElse(USUAL_PAGE);
    if (!(limit >= 1 && limit <= MOST_PAGE))
      throw Failure.atField(FailureCode.INVALID_REQUEST, "limit", "1–" + MOST_PAGE);
    return (int) limit;
  }

  /** Where the next page begins: what stood last on this one. */
  private static String cursor(Opened last) {
    Instant at = last.firstAt();
    return at.getEpochSecond() + "." + at.getNano() + "." + last.ticket() + "." + last.user();
  }

  private static Opened opened(String cursor) {
    String[] parts = cursor.split("\\.", -1);
    if (parts.length != 4) throw wrongCursor();
    long seconds = id(parts[0]);
    // No year that PostgreSQL could not keep.
    if (seconds < 0 || seconds > 100_000_000_000L) throw wrongCursor();
    Instant at = Instant.ofEpochSecond(seconds, Math.floorMod(id(parts[1]), 1_000_000_000L));
    return new Opened(id(parts[2]), "", id(parts[3]), Optional.empty(), at, at);
  }

  private static long id(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw wrongCursor();
    }
  }

  private static Failure wrongCursor() {
    return Failure.atField(FailureCode.INVALID_REQUEST, "cursor", "不是本接口给出的 · not one of ours");
  }

  private Map<Long, User> users(Stream<Long> ids) {
    return office.accounts().listByIds(ids.distinct().toList()).stream()
        .collect(Collectors.toMap(User::id, Function.identity()));
  }
}
