package org.gridline.console.http;

import java.util.List;
import java.util.stream.Stream;
import org.gridline.console.Finding;
import org.gridline.console.Office;
import org.gridline.console.measure.Measures;
import org.gridline.console.pressure.IntakeGate;
import org.gridline.console.view.TicketWriter;

/** All routes of the house, and those of parts that bring their own. */
public final class Routes {
  private Routes() {}

  public static List<Endpoint> all(
      Office office,
      Finding finding,
      AskedGround grounds,
      TicketWriter writer,
      Sessions sessions,
      HealthRoutes health,
      Measures measures,
      IntakeGate gate,
      Stream<List<Endpoint>> others) {
    Tickets tickets = new Tickets(office, finding.words(), writer);
    Stream<List<Endpoint>> here =
        Stream.of(
            health.endpoints(),
            sessions.endpoints(),
            new CityRoutes(office).endpoints(),
            new GroundRoutes(office, grounds, finding::addresses).endpoints(),
            new Reports(office, writer, measures, gate).endpoints(),
            tickets.endpoints(),
            new Calls(office, writer).endpoints(),
            new Actions(office, tickets, measures).endpoints());
    return Stream.concat(here, others).flatMap(List::stream).toList();
  }
}
