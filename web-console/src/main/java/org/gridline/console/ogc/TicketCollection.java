package org.gridline.console.ogc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.gridline.console.Office;
import org.gridline.console.view.Json;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.classify.Category;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.route.Unit;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketPoints;
import org.gridline.dispatch.ticket.TicketPoints.Query;
import org.gridline.dispatch.ticket.TicketPoints.Rest;
import org.gridline.dispatch.ticket.TicketState;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;

/**
 * Tickets as points, newest first: what the ticket list shows, and so nothing personal, within the
 * asker's scope. Their time is when they were registered.
 */
record TicketCollection(Office office, TicketPoints points) implements Collection {
  private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,18}");
  private static final GeometryFactory SHAPES = new GeometryFactory();

  @Override
  public String id() {
    return "tickets";
  }

  @Override
  public String title() {
    return "工单 · Tickets";
  }

  @Override
  public String description() {
    return "您可见的工单,不含个人信息 · tickets that you may see, without personal data; datetime is"
        + " the time of registration"
        + office.pack().city().note().map(n -> "; " + n.zh() + " · " + n.en()).orElse("");
  }

  /** A report may come from anywhere; outside the district it is registered and flagged. */
  @Override
  public double[] bounds() {
    return new double[] {-180, -90, 180, 90};
  }

  @Override
  public Temporal temporal() {
    return Temporal.TIMED;
  }

  @Override
  public List<Filter> filters() {
    return List.of(
        new Filter("number", "编号 · number", List.of()),
        new Filter(
            "state",
            "状态 · state",
            Arrays.stream(TicketState.values()).map(TicketState::name).toList()),
        new Filter("categoryKind", "类别种类 · kind of category", List.of()),
        new Filter("category", "类别代码 · code of the category", List.of()),
        new Filter("unit", "承办单位代码 · code of the unit", List.of()));
  }

  @Override
  public Feature.Page list(Wish wish, User asker) {
    Query query =
        new Query(
            wish.within(),
            wish.when().from().map(TicketCollection::told),
            wish.when().to().map(to -> told(to.plusNanos(1))),
            wish.filter("state").map(TicketState::valueOf),
            wish.filter("number"),
            wish.filter("categoryKind"),
            wish.filter("category"),
            wish.filter("unit"),
            wish.cursor()
                .map(c -> OptionalLong.of(number(c).orElseThrow(TicketCollection::badCursor)))
                .orElse(OptionalLong.empty()),
            wish.limit());
    TicketPoints.Page page = points.list(query, scope(asker));
    return new Feature.Page(
        page.tickets().stream().map(this::feature).toList(),
        OptionalLong.empty(),
        page.rest() == Rest.MORE
            ? Optional.of(Long.toString(page.tickets().getLast().id()))
            : Optional.empty());
  }

  @Override
  public Optional<Feature> find(String id, User asker) {
    try {
      return number(id).map(n -> feature(office.tickets().get(n, scope(asker))));
    } catch (Failure failure) {
      if (failure.code() == FailureCode.NOT_FOUND) return Optional.empty();
      throw failure;
    }
  }

  /**
   * Times are told to the millisecond and kept finer: who asks for a time as it was told means the
   * whole millisecond.
   *
   * @return the same or the next full millisecond
   */
  private static Instant told(Instant asked) {
    return asked.plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS);
  }

  private Scope scope(User asker) {
    return asker.scope(office.pack().policy().units());
  }

  private static Optional<Long> number(String id) {
    try {
      return ID.matcher(id).matches() ? Optional.of(Long.parseLong(id)) : Optional.empty();
    } catch (NumberFormatException tooLarge) {
      return Optional.empty();
    }
  }

  private static Failure badCursor() {
    return Failure.atField(
        FailureCode.INVALID_REQUEST, "cursor", "请从第一页重新查询 · start again from the first page");
  }

  private Feature feature(Ticket ticket) {
    ObjectNode node = Json.object();
    node.put("number", ticket.number());
    node.put("state", ticket.state().name());
    node.put("stateName", ticket.state().label().zh());
    node.put("stage", ticket.state().stage().name());
    Optional<Category> category =
        ticket.matter().category().flatMap(office.pack().policy().categories()::find);
    put(node, "categoryKind", ticket.matter().category().map(c -> c.kind()));
    put(node, "category", ticket.matter().category().map(c -> c.code()));
    put(node, "categoryName", category.map(c -> c.name().zh()));
    Optional<String> unit = ticket.owner().map(Ticket.Owner::unit);
    put(node, "unit", unit);
    put(
        node,
        "unitName",
        unit.flatMap(office.pack().policy().units()::find).map(Unit::name).map(n -> n.zh()));
    node.put("registeredAt", Json.time(ticket.registeredAt(), office.pack().city().timeZone()));
    node.put("updatedAt", Json.time(ticket.updatedAt(), office.pack().city().timeZone()));
    return new Feature(
        Long.toString(ticket.id()),
        ticket.place().position().map(p -> SHAPES.createPoint(new Coordinate(p.lon(), p.lat()))),
        node);
  }

  private static void put(ObjectNode node, String member, Optional<String> text) {
    text.ifPresentOrElse(t -> node.put(member, t), () -> node.putNull(member));
  }
}
