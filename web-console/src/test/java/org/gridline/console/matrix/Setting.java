package org.gridline.console.matrix;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.gridline.console.Await;
import org.gridline.console.Town;
import org.gridline.dispatch.store.TestDatabase;
import org.slf4j.LoggerFactory;

/** One town with its people and things, for all tests of the matrix; made once. */
final class Setting {
  final Queue<String> logged = new ConcurrentLinkedQueue<>();
  final Town town;
  final Pack pack = new Pack();
  final Rules rules = new Rules(pack);
  final List<Asker> askers;
  final Askers everybody;
  final Fixture fixture;
  final Things things;
  final Set<String> actions;

  private static final class Shared {
    static final Setting ONE = make();

    private static Setting make() {
      try {
        return new Setting();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private Setting() throws SQLException {
    AppenderBase<ILoggingEvent> keeper =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            logged.add(
                event.getFormattedMessage() + event.getKeyValuePairs() + event.getMDCPropertyMap());
          }
        };
    keeper.start();
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(keeper);
    town = Town.open(TestDatabase.fresh(), Town.folder());
    everybody = new Askers(town, pack);
    askers = everybody.open();
    actions = new TreeSet<>();
    for (JsonNode action : Town.json(town.get("operator1", "/api/v1/vocabulary")).path("actions"))
      actions.add(action.path("id").asText());
    // Components are read in after the start.
    Await.until(
        () -> town.get("operator1", "/api/v1/components/32011302014000005").statusCode() == 200);
    fixture = Fixture.build(town, pack);
    things = Things.build(town, fixture, rules, everybody);
  }

  static Setting shared() {
    return Shared.ONE;
  }

  /** The versions of the tickets as they stand, by id. */
  Map<String, Integer> versions() {
    Map<String, Integer> versions = new HashMap<>();
    for (Case ticket : fixture.cases)
      versions.put(
          Long.toString(ticket.id()),
          Town.json(town.get("operator1", "/api/v1/tickets/" + ticket.id()))
              .path("version")
              .asInt());
    return versions;
  }
}
