package org.gridline.console.http;

import java.util.List;
import java.util.stream.Stream;
import org.gridline.console.Finding;
import org.gridline.console.Office;
import org.gridline.console.view.TicketWriter;

/** All routes of the house. */
public final class Routes {
  private Routes() {}

  public static List<Endpoint> all(
      Office office,
      Finding finding,
      TicketWriter writer,
      Sessions sessions,
      HealthRoutes health,
      List<Endpoint> live) {
    Tickets tickets = new Tickets(office, finding.words(), writer);
    return Stream.of(
            health.endpoints(),
            sessions.endpoints(),
            new CityRoutes(office.pack()).endpoints(),
            new GroundRoutes(office, finding::addresses).endpoints(),
            new Reports(office, writer).endpoints(),
            tickets.endpoints(),
            new Actions(office, tickets).endpoints(),
            live)
        .flatMap(List::stream)
        .toList();
  }
}
