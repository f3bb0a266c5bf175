package org.gridline.console.pressure;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.VertxConnection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Counts connections and hangs up on those beyond a limit, of all and of one address. Proxies and
 * this machine bring many people's. Thread-safe.
 */
public final class Connections implements Handler<HttpConnection> {
  private final int most;
  private final int mostOfOneAddress;
  private final Predicate<String> bringsMany;
  private final AtomicInteger open = new AtomicInteger();
  private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();
  private final Runnable refused;

  /**
   * @param bringsMany numeric addresses without a limit of their own
   * @param refused told of each connection that was hung up on
   */
  public Connections(
      int most, int mostOfOneAddress, Predicate<String> bringsMany, Runnable refused) {
    this.most = most;
    this.mostOfOneAddress = mostOfOneAddress;
    this.bringsMany = bringsMany;
    this.refused = refused;
  }

  @Override
  public void handle(HttpConnection connection) {
    String address = connection.remoteAddress().hostAddress();
    int all = open.incrementAndGet();
    int ofOne = byAddress.merge(address, 1, Integer::sum);
    // A connection that becomes a WebSocket tells Vert.x's own handler nothing any more.
    if (connection instanceof VertxConnection opened)
      opened.channel().closeFuture().addListener(gone -> left(address));
    else connection.closeHandler(gone -> left(address));
    if (all > most || (ofOne > mostOfOneAddress && !bringsMany.test(address))) {
      refused.run();
      connection.close();
      return;
    }
    HeadDeadline.watch(connection);
  }

  /** How many are open. */
  public int open() {
    return open.get();
  }

  private void left(String address) {
    open.decrementAndGet();
    byAddress.computeIfPresent(address, (a, n) -> n == 1 ? null : n - 1);
  }
}
