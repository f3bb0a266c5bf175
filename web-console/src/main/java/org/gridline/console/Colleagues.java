package org.gridline.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.gridline.console.live.LiveFeed;
import org.gridline.console.view.Json;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.cluster.ClusterSettings;
import org.gridline.dispatch.cluster.InfinispanPresence;
import org.gridline.dispatch.people.Presence;
import org.gridline.dispatch.people.Presence.Onlooker;
import org.gridline.dispatch.store.Database;

/** Presence put in its place: who is told, what is measured. */
final class Colleagues {
  private Colleagues() {}

  /**
   * Ready to answer; joins no cluster yet.
   *
   * @throws Options.Wrong when the environment names no usable address
   */
  static InfinispanPresence open(Options options, Database database, CityPack pack) {
    try {
      return InfinispanPresence.open(
          new ClusterSettings(
              pack.city().code(),
              Database.plainSource(options.databaseUrl()),
              database.clusterSecret(),
              ClusterSettings.address(System.getenv())),
          database.clock());
    } catch (IllegalArgumentException e) {
      throw new Options.Wrong(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Those who are at a ticket hear that somebody came, went or edits; who it is they ask, since not
   * everybody may know.
   */
  static void tell(Presence presence, LiveFeed feed, MeterRegistry metrics) {
    presence.onChange(
        ticket -> {
          Set<Long> there =
              presence.listAt(ticket).stream().map(Onlooker::user).collect(Collectors.toSet());
          if (there.isEmpty()) return;
          feed.notice(
              view -> there.contains(view.user()), "presence", Json.object().put("ticket", ticket));
        });
    Gauge.builder("gridline.cluster.nodes", presence, p -> p.reach().nodes()).register(metrics);
    Gauge.builder("gridline.presence.tabs", presence, p -> p.reach().tabs()).register(metrics);
  }

  /** For health: worth knowing, and no reason to be unwell. */
  static ObjectNode detail(Presence presence) {
    Presence.Reach reach = presence.reach();
    ObjectNode node = Json.object();
    node.set(
        "cluster",
        Json.object()
            .put("standing", reach.standing().name().toLowerCase(Locale.ROOT))
            .put("servers", reach.nodes()));
    return node;
  }
}
