package org.gridline.console.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.notice.Notice;
import org.gridline.dispatch.notice.Outbox;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.route.UnitTree;

/** Notices as JSON. */
public final class NoticeWriter {
  private final ZoneId zone;
  private final UnitTree units;

  public NoticeWriter(ZoneId zone, UnitTree units) {
    this.zone = zone;
    this.units = units;
  }

  /**
   * One notice.
   *
   * @param users those who acknowledged, by id
   * @param sent what went out by other means
   * @param asker sees the names of people of their own unit only, and the units of all others
   */
  public ObjectNode notice(
      Notice notice, Map<Long, User> users, User asker, List<Outbox.Count> sent) {
    ObjectNode node = Json.object().put("id", notice.id());
    node.set(
        "ticket",
        Json.object()
            .put("id", notice.ticket())
            .put("number", notice.number())
            .put("state", notice.state().name()));
    node.put("occasion", notice.occasion().id());
    node.set("occasionName", Json.names(notice.occasion().label()));
    Json.put(node, "clock", notice.clock().map(Clock::id));
    Json.set(node, "clockName", notice.clock().map(Clock::label).map(Json::names));
    node.put("level", notice.level());
    Json.put(node, "dueAt", notice.dueAt().map(at -> Json.time(at, zone)));
    node.put("createdAt", Json.time(notice.createdAt(), zone));
    node.put("shownAt", Json.time(notice.shownAt(), zone));
    node.put("reminders", notice.reminders());
    node.put("toldLevel", notice.toldLevel());
    Json.put(node, "overAt", notice.over().map(at -> Json.time(at, zone)));
    Json.set(node, "acknowledged", notice.acknowledged().map(a -> acknowledged(a, users, asker)));
    node.set("sent", Json.list(sent, NoticeWriter::sent));
    return node;
  }

  private static ObjectNode sent(Outbox.Count count) {
    ObjectNode node = Json.object().put("means", count.means().id());
    node.set("meansName", Json.names(count.means().label()));
    node.put("state", count.state().name().toLowerCase(Locale.ROOT)).put("people", count.rows());
    Json.put(node, "why", count.why());
    return node;
  }

  private ObjectNode acknowledged(
      Notice.Acknowledged acknowledged, Map<Long, User> users, User asker) {
    ObjectNode node = Json.object().put("at", Json.time(acknowledged.at(), zone));
    Optional<User> user = Optional.ofNullable(users.get(acknowledged.user()));
    Optional<User> colleague =
        user.filter(u -> u.unit().isPresent() && u.unit().equals(asker.unit()));
    Json.put(node, "name", colleague.map(u -> u.name().zh()));
    Json.put(node, "nameEn", colleague.map(u -> u.name().en()));
    Json.set(
        node, "unit", user.flatMap(User::unit).flatMap(units::find).map(u -> Json.names(u.name())));
    return node;
  }
}
