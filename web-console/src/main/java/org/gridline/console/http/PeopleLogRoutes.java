package org.gridline.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gridline.console.Office;
import org.gridline.console.view.AccountWriter;
import org.gridline.console.view.Json;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.people.PeopleLog;
import org.gridline.dispatch.people.Permission.Right;
import org.gridline.dispatch.people.User;

/** What was done to accounts, for the audit administrator and nobody else. */
public final class PeopleLogRoutes {
  private static final int USUAL_PAGE = 100;
  private static final int MOST_PAGE = 500;

  private final Office office;
  private final AccountWriter writer;

  public PeopleLogRoutes(Office office) {
    this.office = office;
    this.writer = new AccountWriter(office.pack().city().timeZone());
  }

  public List<Endpoint> endpoints() {
    return List.of(Endpoint.get("/api/v1/people-log", this::list));
  }

  private Answer list(Call call) {
    if (!call.user().may(Right.READ_AUDIT))
      throw new Failure(FailureCode.NOT_PERMITTED, "仅审计管理员可查看 · for the audit administrator only");
    int limit = (int) call.number("limit").orElse(USUAL_PAGE);
    if (limit < 1 || limit > MOST_PAGE)
      throw Failure.atField(FailureCode.INVALID_REQUEST, "limit", "1–" + MOST_PAGE);
    List<PeopleLog.Line> found =
        office
            .staff()
            .log()
            .list(
                new PeopleLog.Filter(
                    call.query("person").map(text -> number("person", text)),
                    call.query("kind"),
                    time(call, "from"),
                    time(call, "to"),
                    call.query("cursor")
                        .map(text -> OptionalLong.of(number("cursor", text)))
                        .orElse(OptionalLong.empty())),
                limit + 1);
    List<PeopleLog.Line> page = found.subList(0, Math.min(limit, found.size()));
    Map<Long, User> users =
        office
            .accounts()
            .listByIds(
                page.stream()
                    .flatMap(l -> Stream.concat(l.actor().stream(), l.subject().stream()))
                    .distinct()
                    .toList())
            .stream()
            .collect(Collectors.toMap(User::id, Function.identity()));
    ObjectNode node = Json.object();
    node.set("log", Json.list(page, l -> writer.line(l, users)));
    if (found.size() > limit) node.put("next", String.valueOf(page.getLast().id()));
    else node.putNull("next");
    return Answer.json(node);
  }

  private static long number(String name, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw Failure.atField(FailureCode.INVALID_REQUEST, name, "需要编号 · an id is needed");
    }
  }

  private static Optional<Instant> time(Call call, String name) {
    try {
      return call.query(name).map(text -> OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      throw Failure.atField(FailureCode.INVALID_REQUEST, name, "需要带时区的时间 · RFC 3339 with offset");
    }
  }
}
