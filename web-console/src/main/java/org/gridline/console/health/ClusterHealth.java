package org.gridline.console.health;

import java.util.List;
import java.util.Locale;
import org.gridline.console.health.Finding.State;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.people.Presence;

/** Whether this server shares who is online with the others. Being alone harms no request. */
public record ClusterHealth(Presence presence) implements HealthCheck {
  @Override
  public String name() {
    return "cluster";
  }

  @Override
  public List<Finding> look() {
    Presence.Reach reach = presence.reach();
    State state =
        switch (reach.standing()) {
          case STARTING, SHARED -> State.WELL;
          case ALONE -> State.DEGRADED;
        };
    return List.of(
        new Finding(
            "cluster",
            state,
            reach.standing().name().toLowerCase(Locale.ROOT) + " " + reach.nodes(),
            "",
            new Names(
                "看不到其他服务器上谁在线,业务不受影响,会自动重新加入;长时间如此则查网络与 GRIDLINE_CLUSTER_ADDRESS",
                "people on other servers are not seen; work goes on and it rejoins by itself; if it lasts, look at the network and GRIDLINE_CLUSTER_ADDRESS")));
  }
}
