package org.gridline.console.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.gridline.console.view.Json;
import org.gridline.dispatch.track.Tracks.Last;

/**
 * Event-loop code, never awaits: tells those who may see workers where they are. Nothing waits for
 * a slow reader: each is told what differs from what they were told last, whenever they can take
 * it. Only numbers are told; whose they are is asked for apart.
 */
final class WorkerNews {
  private final Supplier<Collection<Last>> out;

  /**
   * @param out everybody's last position; answered at once
   */
  WorkerNews(Supplier<Collection<Last>> out) {
    this.out = out;
  }

  void tell(Collection<LiveClient> clients) {
    List<LiveClient> concerned =
        clients.stream()
            .filter(c -> c.view().watchesWorkers() || !c.workers().isEmpty())
            .filter(c -> c.listens() && !c.line().full())
            .toList();
    if (concerned.isEmpty()) return;
    Collection<Last> now = out.get();
    for (LiveClient client : concerned) tell(client, now);
  }

  private static void tell(LiveClient client, Collection<Last> now) {
    Map<Long, Instant> seen = new HashMap<>();
    List<Last> moved = new ArrayList<>();
    for (Last last : now) {
      if (!client.view().shows(last)) continue;
      seen.put(last.worker(), last.at());
      if (!last.at().equals(client.workers().get(last.worker()))) moved.add(last);
    }
    List<Long> gone =
        client.workers().keySet().stream().filter(id -> !seen.containsKey(id)).sorted().toList();
    if (moved.isEmpty() && gone.isEmpty()) return;
    client.knowsWorkers(seen);
    client.line().write(client.form().notice("workers", message(moved, gone)));
  }

  private static ObjectNode message(List<Last> moved, List<Long> gone) {
    ObjectNode node = Json.object();
    node.set("moved", Json.list(moved, WorkerNews::written));
    ArrayNode left = node.putArray("gone");
    gone.forEach(left::add);
    return node;
  }

  private static ObjectNode written(Last last) {
    return Json.object()
        .put("id", last.worker())
        .put("lon", last.position().lon())
        .put("lat", last.position().lat())
        .put("at", last.at().toEpochMilli());
  }
}
