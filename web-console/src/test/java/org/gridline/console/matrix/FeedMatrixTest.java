package org.gridline.console.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gridline.console.Await;
import org.gridline.console.Town;
import org.gridline.console.live.Listener;
import org.junit.jupiter.api.Test;

/** The live feed tells everybody of their tickets and of no other, from its snapshot on. */
class FeedMatrixTest {
  private final Setting setting = Setting.shared();
  private final List<String> wrong = new ArrayList<>();

  @Test
  void the_feed_tells_each_of_their_own() {
    Map<Asker, Listener> listening = new LinkedHashMap<>();
    try {
      for (Asker asker : setting.askers)
        if (asker.door() == Asker.Door.IN) listening.put(asker, opened(asker, "").ready());
      Listener chief = listening.values().iterator().next();
      String before = chief.events().getLast().id();
      List<Case> open = open();
      long last = 0;
      for (Case ticket : open) {
        setting.fixture.act("operator1", ticket.id(), "urge", "");
        Listener.Event change =
            chief.await(e -> e.number().equals(ticket.number()) && e.name().equals("change"));
        last = Math.max(last, change.seq());
      }
      long upTo = last;
      listening.forEach((asker, feed) -> heard(asker, feed, upTo, open));
      for (Asker asker : listening.keySet())
        try (Listener again = opened(asker, "?after=" + before)) {
          heard(asker, again, upTo, open);
        }
    } finally {
      listening.values().forEach(Listener::close);
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void who_does_not_come_in_hears_nothing() {
    for (Asker asker : setting.askers) {
      if (asker.comesIn() && asker.door() != Asker.Door.BASIC) continue;
      try (Listener refused = opened(asker, "")) {
        Await.until(() -> !refused.status().isEmpty());
        assertThat(refused.status()).as(asker.label()).containsAnyOf("401", "403");
        assertThat(refused.events()).isEmpty();
      }
    }
  }

  /** A heartbeat that late has all changes before it. */
  private void heard(Asker asker, Listener feed, long upTo, List<Case> open) {
    feed.await(e -> e.seq() >= upTo && e.name().equals("heartbeat"));
    String raw = feed.raw();
    setting
        .rules
        .leak(asker, setting.fixture.cases, raw, canary -> false)
        .ifPresent(told -> wrong.add(asker + " hears " + told));
    for (Case ticket : open)
      if (setting.rules.sees(asker, ticket)
          // Frames would say who handles; whoever checks has notices instead.
          && !setting.rules.blind(asker, ticket)
          && !raw.contains(ticket.number()))
        wrong.add(asker + " does not hear of " + ticket.label());
  }

  private List<Case> open() {
    return setting.fixture.cases.stream()
        .filter(
            c ->
                Town.json(
                            setting.town.get(
                                "operator1",
                                "/api/v1/tickets?state=open&limit=200&q=" + c.number()))
                        .path("tickets")
                        .size()
                    == 1)
        .toList();
  }

  private Listener opened(Asker asker, String query) {
    String token = asker.headers().getOrDefault("Authorization", "Bearer none").substring(7);
    return Listener.open(setting.town, token, query.replace("@", "%40"));
  }
}
