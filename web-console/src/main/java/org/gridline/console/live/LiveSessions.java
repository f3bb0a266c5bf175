package org.gridline.console.live;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.people.Accounts;
import org.gridline.dispatch.people.Accounts.Session;
import org.gridline.dispatch.route.UnitTree;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the sessions behind open streams: a revoked one ends its stream, a changed scope
 * tells it anew. Call {@link #check} on a virtual thread, every two seconds.
 */
public final class LiveSessions {
  private static final Logger LOG = LoggerFactory.getLogger(LiveSessions.class);

  private final LiveFeed feed;
  private final Accounts accounts;
  private final InstantSource clock;
  private final UnitTree units;

  public LiveSessions(LiveFeed feed, Accounts accounts, InstantSource clock, UnitTree units) {
    this.feed = feed;
    this.accounts = accounts;
    this.clock = clock;
    this.units = units;
  }

  /** Asks once for all sessions, however many there are and however many streams they have. */
  public void check() {
    Map<ByteBuffer, List<LiveClient>> bySession =
        feed.everybody().stream()
            .collect(Collectors.groupingBy(c -> ByteBuffer.wrap(c.tokenHash())));
    if (bySession.isEmpty()) return;
    try {
      Map<ByteBuffer, Session> living = accounts.listLiving(bySession.keySet(), clock.instant());
      bySession.forEach(
          (hash, clients) ->
              Optional.ofNullable(living.get(hash))
                  .ifPresentOrElse(
                      session -> clients.forEach(c -> look(c, session)),
                      () -> clients.forEach(feed::leave)));
    } catch (Failure unavailable) {
      // Without the database there is no news either; the next check decides.
      LOG.debug("sessions of streams not checked, code={}", unavailable.code().id());
    }
  }

  private void look(LiveClient client, Session session) {
    View view = client.view();
    if (!view.equals(View.of(session.user(), units, view.wish())))
      feed.look(client, v -> View.of(session.user(), units, v.wish()));
  }
}
