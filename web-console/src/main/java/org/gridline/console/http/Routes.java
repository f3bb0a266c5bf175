package org.gridline.console.http;

import java.util.List;
import java.util.stream.Stream;
import org.gridline.console.Office;
import org.gridline.console.measure.Measures;
import org.gridline.console.view.TicketWriter;

/** All routes of the house. */
public final class Routes {
  private Routes() {}

  public static List<Endpoint> all(
      Office office,
      TicketWriter writer,
      Sessions sessions,
      HealthRoutes health,
      Measures measures,
      Telephony telephony,
      List<Endpoint> live) {
    Tickets tickets = new Tickets(office, writer);
    return Stream.of(
            health.endpoints(),
            sessions.endpoints(),
            new CityRoutes(office.pack()).endpoints(),
            new GroundRoutes(office).endpoints(),
            new Reports(office, writer, measures).endpoints(),
            tickets.endpoints(),
            new Actions(office, tickets, measures).endpoints(),
            telephony.endpoints(),
            new Calls(office, writer).endpoints(),
            live)
        .flatMap(List::stream)
        .toList();
  }
}
