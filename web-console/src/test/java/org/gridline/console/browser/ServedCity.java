package org.gridline.console.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import org.gridline.console.Await;
import org.gridline.console.Exchange;
import org.gridline.console.Options;
import org.gridline.console.Server;
import org.gridline.console.Town;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.city.CityPack.SamplePerson;
import org.gridline.dispatch.city.CityPackReader;
import org.gridline.dispatch.people.Presence;
import org.gridline.dispatch.store.Desk;
import org.gridline.dispatch.store.TestDatabase;

/** The sample city with its real pages, on a database of its own. */
final class ServedCity implements AutoCloseable {
  private static final class Shared {
    static final ServedCity CITY = open();
  }

  private final String database = TestDatabase.fresh();
  private final Path data = folder();
  private final int port = Town.freePort();
  private Optional<Server> server = Optional.empty();

  private ServedCity() {
    comesBack();
  }

  /** A city that only one story knows, because it goes down in it. */
  static ServedCity open() {
    return new ServedCity();
  }

  /** The city of all stories that leave it running. */
  static ServedCity shared() {
    return Shared.CITY;
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** The telephone exchange of this city. */
  Exchange exchange() {
    return new Exchange(url(), data);
  }

  /** A way in that can be cut. */
  Cable cable() {
    return new Cable(port);
  }

  /** The servers' cluster is gone, and with it what one server would know of another's people. */
  void losesItsCluster() {
    server.orElseThrow().presence().leaveCluster();
    Await.until(
        () -> server.orElseThrow().presence().reach().standing() == Presence.Standing.ALONE);
  }

  void goesDown() {
    server.ifPresent(Server::close);
    server = Optional.empty();
  }

  /** The same city on the same port and database, as after a restart. */
  void comesBack() {
    server =
        Optional.of(
            Server.start(
                new Options(
                    SamplePack.WITHOUT_CHANCE,
                    port,
                    data,
                    pages(),
                    Optional.empty(),
                    Optional.empty(),
                    database)));
  }

  /** Somebody who handles the tickets of exactly that unit. */
  String handlerOf(String unit) {
    return people()
        .filter(p -> p.unit().equals(unit))
        .filter(p -> p.roles().contains("handler") || p.roles().contains("streetCentre"))
        .map(SamplePerson::login)
        .findFirst()
        .orElseThrow(() -> new AssertionError("nobody handles tickets of " + unit));
  }

  String passwordOf(String login) {
    return people()
        .filter(p -> p.login().equals(login))
        .map(SamplePerson::password)
        .findFirst()
        .orElseThrow(() -> new AssertionError("nobody is called " + login));
  }

  /** All sessions of somebody run out. */
  void forgets(String login) {
    try (Connection connection = TestDatabase.connectTo(database);
        PreparedStatement end =
            connection.prepareStatement(
                "UPDATE app_session SET expires_at = now() - interval '1 minute'"
                    + " WHERE user_id = (SELECT id FROM app_user WHERE login = ?)")) {
      end.setString(1, login);
      end.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    goesDown();
  }

  private static Stream<SamplePerson> people() {
    return SamplePack.PACK.people().stream();
  }

  private static final class SamplePack {
    static final CityPack PACK =
        CityPackReader.read(Desk.repository().resolve("config/cities/qixia-sample"));

    /** The same but that no check is repeated by chance: a story must always end the same way. */
    static final Path WITHOUT_CHANCE = withoutChance();
  }

  private static Path withoutChance() {
    Path from = Desk.repository().resolve("config/cities/qixia-sample");
    Path to = folder().resolve("qixia-sample");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) Files.copy(file, to.resolve(from.relativize(file)));
      Path rules = to.resolve("lifecycle.yaml");
      Files.writeString(
          rules, Files.readString(rules).replaceFirst("repeated: [0-9.]+", "repeated: 0"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return to;
  }

  private static Path pages() {
    Path dist = Desk.repository().resolve("web-console/pages/dist");
    if (!Files.exists(dist.resolve("index.html"))) {
      throw new AssertionError("the pages are not built; run ./gridline test");
    }
    return dist;
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("gridline-browser");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
