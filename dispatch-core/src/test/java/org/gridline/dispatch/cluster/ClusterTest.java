package org.gridline.dispatch.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.gridline.dispatch.people.Presence.Look;
import org.gridline.dispatch.people.Presence.Mode;
import org.gridline.dispatch.people.Presence.Onlooker;
import org.gridline.dispatch.people.Presence.Standing;
import org.gridline.dispatch.people.Presence.Tab;
import org.gridline.dispatch.store.Database;
import org.gridline.dispatch.store.PlainSource;
import org.gridline.dispatch.store.TestDatabase;
import org.jgroups.protocols.DISCARD;
import org.jgroups.protocols.TP;
import org.jgroups.stack.ProtocolStack;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers find each other through the database, lose each other, and lose nothing else. */
class ClusterTest {
  static final byte[] SECRET =
      "a secret of thirty-two bytes, no less".getBytes(StandardCharsets.UTF_8);
  private static final long TICKET = 4711;

  private final String database = TestDatabase.empty();
  private final List<AutoCloseable> open = new ArrayList<>();

  /** The rest of the house is not needed to meet. */
  ClusterTest() throws Exception {
    try (InputStream file =
            Database.class.getResourceAsStream(
                "/org/gridline/dispatch/store/migration/V003__cluster.sql");
        Connection c = TestDatabase.connectTo(database);
        Statement s = c.createStatement()) {
      assertThat(file).isNotNull();
      s.execute(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  static ClusterSettings settings(String database, byte[] secret) {
    return new ClusterSettings(
        "320113",
        PlainSource.ofCluster(database),
        secret,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private InfinispanPresence server(byte[] secret) {
    InfinispanPresence server = InfinispanPresence.open(settings(database, secret), Instant::now);
    open.add(server);
    server.join();
    return server;
  }

  @AfterEach
  void everybodyLeaves() throws Exception {
    for (AutoCloseable one : open) one.close();
  }

  @Test
  void two_servers_share_until_one_is_killed() throws SQLException {
    InfinispanPresence here = server(SECRET);
    looks(here, 1);
    OtherServer other = OtherServer.start(database, 2, TICKET);
    open.add(other);
    took("found each other and told", () -> seen(here).equals(List.of(2L, 1L)));
    assertThat(here.reach().nodes()).isEqualTo(2);
    assertThat(here.reach().standing()).isEqualTo(Standing.SHARED);
    assertThat(rows()).isEqualTo(2);

    other.kill();
    Duration noticed = took("noticed a kill -9", () -> seen(here).equals(List.of(1L)));
    // By the closed socket, and not by the 45 seconds of silence after which a tab is forgotten.
    assertThat(noticed).isLessThan(Duration.ofSeconds(30));
    until(() -> here.reach().nodes() == 1 && rows() == 1);

    OtherServer again = OtherServer.start(database, 3, TICKET);
    open.add(again);
    took("met the one that came after", () -> seen(here).equals(List.of(3L, 1L)));
  }

  @Test
  void a_cut_between_two_servers_shows_each_its_own_and_heals() throws Exception {
    InfinispanPresence one = server(SECRET);
    InfinispanPresence two = server(SECRET);
    until(() -> one.reach().nodes() == 2 && two.reach().nodes() == 2);
    looks(one, 1);
    looks(two, 2);
    until(() -> seen(one).size() == 2 && seen(two).size() == 2);

    List<DISCARD> cuts = new ArrayList<>();
    for (InfinispanPresence server : List.of(one, two)) cuts.add(cut(server));
    took("noticed a cut", () -> seen(one).equals(List.of(1L)) && seen(two).equals(List.of(2L)));
    looks(one, 3);

    cuts.forEach(c -> c.discardAll(false));
    took("healed", () -> seen(one).size() == 3 && seen(two).size() == 3);
  }

  @Test
  void losing_the_cluster_costs_only_the_others() {
    InfinispanPresence one = server(SECRET);
    InfinispanPresence two = server(SECRET);
    until(() -> one.reach().nodes() == 2 && two.reach().nodes() == 2);
    looks(one, 1);
    looks(two, 2);
    until(() -> seen(one).size() == 2);

    one.membership().orElseThrow().manager().stop();
    Instant before = Instant.now();
    for (int i = 0; i < 1_000; i++) {
      looks(one, 10 + i % 3);
      one.leave(tab(10 + i % 3));
      assertThat(seen(one)).contains(1L);
    }
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(20));
    until(() -> seen(one).equals(List.of(1L)) && one.reach().standing() == Standing.ALONE);
    took(
        "joined again by itself",
        () -> one.reach().standing() == Standing.SHARED && seen(one).equals(List.of(1L, 2L)));
  }

  @Test
  void whoever_has_another_secret_is_not_heard() {
    InfinispanPresence here = server(SECRET);
    InfinispanPresence stranger =
        server("another secret of thirty-two bytes".getBytes(StandardCharsets.UTF_8));
    until(
        () ->
            here.reach().standing() == Standing.SHARED
                && stranger.reach().standing() == Standing.SHARED);
    looks(here, 1);
    looks(stranger, 2);
    assertThat(here.reach().nodes()).isEqualTo(1);
    assertThat(seen(stranger)).containsExactly(2L);
    assertThat(seen(here)).containsExactly(1L);
  }

  @Test
  void a_database_that_is_not_there_is_waited_for_without_a_word_to_those_who_look() {
    InfinispanPresence lonely =
        InfinispanPresence.open(
            settings("postgresql://nobody:x@127.0.0.1:1/none", SECRET), Instant::now);
    open.add(lonely);
    lonely.join();
    looks(lonely, 1);
    assertThat(seen(lonely)).containsExactly(1L);
    assertThat(lonely.reach().nodes()).isEqualTo(1);
  }

  @Test
  void the_address_is_this_machine_unless_the_environment_names_another() {
    assertThat(ClusterSettings.address(Map.of()).getAddress().isLoopbackAddress()).isTrue();
    assertThat(address("127.0.0.2:7800")).isEqualTo(new InetSocketAddress("127.0.0.2", 7800));
    assertThat(address("::1").getPort()).isZero();
    for (String bad : List.of("0.0.0.0", "127.0.0.1:x", "127.0.0.1:70000", ":7800", "no such host"))
      assertThatCode(() -> address(bad)).as(bad).isInstanceOf(IllegalArgumentException.class);
  }

  private static InetSocketAddress address(String text) {
    return ClusterSettings.address(Map.of(ClusterSettings.ADDRESS, text));
  }

  private static DISCARD cut(InfinispanPresence server) throws Exception {
    DISCARD cut = new DISCARD().discardAll(true);
    server
        .membership()
        .orElseThrow()
        .channel()
        .getProtocolStack()
        .insertProtocol(cut, ProtocolStack.Position.ABOVE, TP.class);
    return cut;
  }

  private static void looks(InfinispanPresence server, long user) {
    server.beat(tab(user), Optional.empty(), Optional.of(new Look(TICKET, Mode.VIEWING)));
  }

  private static Tab tab(long user) {
    return new Tab(user, "tab-aaaa");
  }

  private static List<Long> seen(InfinispanPresence server) {
    return server.listAt(TICKET).stream().map(Onlooker::user).toList();
  }

  private int rows() {
    try (Connection c = TestDatabase.connectTo(database);
        Statement s = c.createStatement();
        ResultSet r = s.executeQuery("SELECT count(*) FROM cluster_node")) {
      r.next();
      return r.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Duration took(String what, BooleanSupplier condition) {
    Instant begin = Instant.now();
    until(condition);
    Duration took = Duration.between(begin, Instant.now());
    System.out.println("cluster: " + what + " after " + took.toMillis() + " ms");
    return took;
  }

  /** Seconds usually; a busy machine starts a second process slowly. */
  private static void until(BooleanSupplier condition) {
    Instant end = Instant.now().plusSeconds(90);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) throw new AssertionError("did not come true");
      LockSupport.parkNanos(10_000_000);
    }
  }
}
