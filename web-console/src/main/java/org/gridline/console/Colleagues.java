package org.gridline.console;

import java.util.Set;
import java.util.stream.Collectors;
import org.gridline.console.health.ClusterHealth;
import org.gridline.console.live.LiveFeed;
import org.gridline.console.view.Json;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.cluster.ClusterSettings;
import org.gridline.dispatch.cluster.InfinispanPresence;
import org.gridline.dispatch.people.Presence;
import org.gridline.dispatch.people.Presence.Onlooker;
import org.gridline.dispatch.store.Database;
import org.gridline.dispatch.store.PlainSource;

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
              PlainSource.ofCluster(options.databaseUrl()),
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
  static void tell(Presence presence, LiveFeed feed, Watch watch) {
    presence.onChange(
        ticket -> {
          Set<Long> there =
              presence.listAt(ticket).stream().map(Onlooker::user).collect(Collectors.toSet());
          if (there.isEmpty()) return;
          feed.notice(
              view -> there.contains(view.user()), "presence", Json.object().put("ticket", ticket));
        });
    watch
        .measures()
        .gauge(
            "gridline.cluster.nodes",
            "Servers that share who is online, this one included",
            () -> presence.reach().nodes());
    watch
        .measures()
        .gauge(
            "gridline.presence.tabs",
            "Open pages of all people that this server knows of",
            () -> presence.reach().tabs());
    watch.add(new ClusterHealth(presence));
  }
}
