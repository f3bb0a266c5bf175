package org.gridline.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gridline.console.Office;
import org.gridline.console.view.Json;
import org.gridline.console.view.NoticeWriter;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.notice.MeansKind;
import org.gridline.dispatch.notice.Notice;
import org.gridline.dispatch.notice.Notices;
import org.gridline.dispatch.notice.Outbox;
import org.gridline.dispatch.notice.Receivers;
import org.gridline.dispatch.people.User;

/** What the asker is told: those of their roles and unit whose tickets they may see. */
public final class NoticeRoutes {
  private static final int USUAL_LIMIT = 30;
  private static final int MOST_LIMIT = 100;

  private final Office office;
  private final Notices notices;
  private final Receivers receivers;
  private final Outbox outbox;
  private final BiPredicate<MeansKind, String> reaches;
  private final NoticeWriter writer;

  /**
   * @param reaches whether this house can write to an address by that means
   */
  public NoticeRoutes(
      Office office,
      Notices notices,
      Receivers receivers,
      Outbox outbox,
      BiPredicate<MeansKind, String> reaches) {
    this.office = office;
    this.notices = notices;
    this.receivers = receivers;
    this.outbox = outbox;
    this.reaches = reaches;
    this.writer = new NoticeWriter(office.pack().city().timeZone(), office.pack().policy().units());
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/notices", this::list),
        Endpoint.post("/api/v1/notices/:id/acknowledge", this::acknowledge),
        Endpoint.get("/api/v1/account/notice-address", this::showAddress),
        Endpoint.post("/api/v1/account/notice-address", this::setAddress));
  }

  private Answer showAddress(Call call) {
    return address(call.user());
  }

  private Answer address(User user) {
    ObjectNode node = Json.object();
    outbox
        .findAddress(user.id(), MeansKind.EMAIL)
        .ifPresentOrElse(email -> node.put("email", email), () -> node.putNull("email"));
    return Answer.json(node);
  }

  /** One's own only: nobody else decides where somebody is written to. */
  private Answer setAddress(Call call) {
    Fields fields = Fields.of(call.bytes()).only("email");
    Optional<String> email = fields.findText("email").map(String::strip).filter(e -> !e.isEmpty());
    if (email.filter(e -> !reaches.test(MeansKind.EMAIL, e)).isPresent())
      throw Failure.atField(
          FailureCode.VALUE_REFUSED,
          "email",
          "不是本系统可发送的邮箱地址 · not an address that this house can write to");
    outbox.setAddress(call.user().id(), MeansKind.EMAIL, email, office.clock().instant());
    return address(call.user());
  }

  private Answer list(Call call) {
    Notices.Which which = which(call);
    int limit = limit(call);
    Instant now = office.clock().instant();
    Notices.Reader reader = reader(call.user(), now);
    Notices.Page page = notices.list(reader, which, call.query("cursor"), limit, now);
    int open = notices.countOpen(reader, now);
    Map<Long, User> users = acknowledgers(page.notices());
    Map<Long, List<Outbox.Count>> sent = sent(page.notices());
    ObjectNode node = Json.object();
    node.set(
        "notices",
        Json.list(
            page.notices(),
            n -> writer.notice(n, users, call.user(), sent.getOrDefault(n.id(), List.of()))));
    node.put("open", open);
    node.put("openMore", open >= Notices.MOST_COUNTED);
    page.next().ifPresentOrElse(n -> node.put("next", n), () -> node.putNull("next"));
    return Answer.json(node);
  }

  private Answer acknowledge(Call call) {
    Instant now = office.clock().instant();
    Notice notice = notices.acknowledge(reader(call.user(), now), call.id(), now);
    return Answer.json(
        writer.notice(
            notice,
            acknowledgers(List.of(notice)),
            call.user(),
            sent(List.of(notice)).getOrDefault(notice.id(), List.of())));
  }

  private Map<Long, List<Outbox.Count>> sent(List<Notice> notices) {
    if (notices.isEmpty()) return Map.of();
    return outbox.count(notices.stream().map(Notice::id).toList()).stream()
        .collect(Collectors.groupingBy(Outbox.Count::notice));
  }

  private Notices.Reader reader(User user, Instant now) {
    return new Notices.Reader(
        user.id(),
        receivers.wordsOf(user, now),
        user.scopeWithChecks(office.pack().policy().units()));
  }

  private Map<Long, User> acknowledgers(List<Notice> notices) {
    List<Long> ids =
        notices.stream()
            .map(Notice::acknowledged)
            .flatMap(Optional::stream)
            .map(Notice.Acknowledged::user)
            .distinct()
            .toList();
    if (ids.isEmpty()) return Map.of();
    return office.accounts().listByIds(ids).stream()
        .collect(Collectors.toMap(User::id, Function.identity()));
  }

  private static Notices.Which which(Call call) {
    return switch (call.query("state").orElse("open")) {
      case "open" -> Notices.Which.OPEN;
      case "all" -> Notices.Which.ALL;
      default -> throw Failure.atField(FailureCode.INVALID_REQUEST, "state", "open, all");
    };
  }

  private static int limit(Call call) {
    double limit = call.number("limit").orElse(USUAL_LIMIT);
    if (!(limit >= 1 && limit <= MOST_LIMIT && limit == Math.rint(limit))) {
      throw Failure.atField(FailureCode.INVALID_REQUEST, "limit", "1–" + MOST_LIMIT);
    }
    return (int) limit;
  }
}
