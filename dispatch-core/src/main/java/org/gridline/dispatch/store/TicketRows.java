package org.gridline.dispatch.store;

import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.deadline.Clock;
import org.gridline.dispatch.deadline.Deadline;
import org.gridline.dispatch.deadline.TimeLimit.LimitUnit;
import org.gridline.dispatch.intake.Channel;
import org.gridline.dispatch.intake.ReportType;
import org.gridline.dispatch.intake.Urgency;
import org.gridline.dispatch.place.Place;
import org.gridline.dispatch.ticket.Flag;
import org.gridline.dispatch.ticket.Progress;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketState;
import org.gridline.gis.position.Crs;
import org.gridline.gis.position.Position;
import org.gridline.gis.position.RawPosition;

/** Rows of the ticket table as tickets. */
final class TicketRows {
  /** What every ticket query selects, from {@code ticket t}. */
  static final String COLUMNS =
      """
      t.id, t.number, t.state, t.version, t.channel, t.type, t.urgency, t.category_kind, t.category_code,
      ST_X(t.position) AS lon, ST_Y(t.position) AS lat, t.raw_lon, t.raw_lat, t.raw_crs, t.place_flag,
      t.boundary_metres, t.boundary_version, t.area_roles, t.areas, t.area_names, t.unit, t.ground, t.person_id,
      t.words_id, t.reporter, t.reworks, t.returns, t.revisit_tries, t.returned_from, t.handlers, t.checkers,
      t.registered_at, t.updated_at, t.component, t.areas_now, t.flags, t.life, t.master,
      (SELECT json_agg(json_build_array(d.clock, d.unit, d.started_at, d.warn_at, d.due_at, d.paused_at)
                       ORDER BY d.due_at, d.clock)
         FROM deadline d WHERE d.ticket_id = t.id) AS deadlines
      """;

  private TicketRows() {}

  static Ticket read(Row r) {
    return new Ticket(
        r.getLong("id"),
        r.getString("number"),
        TicketState.valueOf(r.getString("state")),
        r.getInteger("version"),
        new Ticket.Matter(
            Channel.find(r.getString("channel")).orElseThrow(),
            ReportType.find(r.getString("type")).orElseThrow(),
            Urgency.find(r.getString("urgency")).orElseThrow(),
            Optional.ofNullable(r.getString("category_kind"))
                .map(kind -> new CategoryKey(kind, r.getString("category_code"))),
            Optional.ofNullable(r.getString("component"))),
        place(r),
        Optional.ofNullable(r.getString("raw_crs"))
            .map(
                crs ->
                    new RawPosition(
                        r.getDouble("raw_lon"),
                        r.getDouble("raw_lat"),
                        Crs.find(crs).orElseThrow())),
        Optional.ofNullable(r.getString("unit"))
            .map(unit -> new Ticket.Owner(unit, Facts.readGround(r.getString("ground")))),
        new Ticket.Subject(
            r.getLong("person_id"),
            r.getLong("words_id"),
            Ticket.Reporter.valueOf(r.getString("reporter"))),
        new Progress(
            r.getInteger("reworks"),
            r.getInteger("returns"),
            r.getInteger("revisit_tries"),
            Optional.ofNullable(r.getString("returned_from")).map(TicketState::valueOf),
            Set.copyOf(Arrays.asList(r.getArrayOfLongs("handlers"))),
            Set.copyOf(Arrays.asList(r.getArrayOfLongs("checkers"))),
            Arrays.stream(r.getArrayOfStrings("flags"))
                .flatMap(name -> Flag.find(name).stream())
                .collect(Collectors.toUnmodifiableSet()),
            LifeJson.read(r.getJsonObject("life"), r.getLong("master"))),
        deadlines(r),
        r.getOffsetDateTime("registered_at").toInstant(),
        r.getOffsetDateTime("updated_at").toInstant());
  }

  static List<Ticket> list(Iterable<Row> rows) {
    List<Ticket> tickets = new ArrayList<>();
    for (Row row : rows) tickets.add(read(row));
    return tickets;
  }

  private static Place place(Row r) {
    // The column dates from when a layer had to be a role; the two were spelled alike.
    String[] layers = r.getArrayOfStrings("area_roles");
    String[] codes = r.getArrayOfStrings("areas");
    String[] names = r.getArrayOfStrings("area_names");
    List<Place.AreaName> areas = new ArrayList<>();
    for (int i = 0; i < codes.length; i++)
      areas.add(new Place.AreaName(layers[i], codes[i], names[i]));
    Double metres = r.getDouble("boundary_metres");
    return new Place(
        Optional.ofNullable(r.getDouble("lon")).map(lon -> new Position(lon, r.getDouble("lat"))),
        areas,
        Place.Flag.valueOf(r.getString("place_flag")),
        metres == null ? OptionalDouble.empty() : OptionalDouble.of(metres),
        r.getString("boundary_version"),
        Arrays.asList(Optional.ofNullable(r.getArrayOfStrings("areas_now")).orElse(codes)));
  }

  private static List<Deadline> deadlines(Row r) {
    List<Deadline> deadlines = new ArrayList<>();
    if (r.getValue("deadlines") instanceof JsonArray clocks) {
      for (int i = 0; i < clocks.size(); i++) {
        JsonArray c = clocks.getJsonArray(i);
        deadlines.add(
            new Deadline(
                Clock.find(c.getString(0)).orElseThrow(),
                LimitUnit.valueOf(c.getString(1)),
                instant(c.getString(2)),
                instant(c.getString(3)),
                instant(c.getString(4)),
                Optional.ofNullable(c.getString(5)).map(TicketRows::instant)));
      }
    }
    return deadlines;
  }

  private static Instant instant(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }
}
