package org.gridline.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.gridline.console.http.Sessions;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.city.CityPack.SamplePerson;
import org.gridline.dispatch.people.Accounts;
import org.gridline.dispatch.people.Accounts.NewUser;
import org.gridline.dispatch.people.PasswordHash;
import org.gridline.dispatch.people.SignIn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the first people in: a sample city gets its made-up people, a real one a link that makes its
 * first administrator. What to do stands in {@code first-sign-in.txt}, readable by its owner only.
 */
final class FirstSignIn implements Sessions.Door {
  private static final Logger LOG = LoggerFactory.getLogger(FirstSignIn.class);
  private static final Duration LINK_LIFE = Duration.ofHours(24);

  private final Path file;
  private volatile boolean closed;
  private final Map<String, Runnable> missing = new ConcurrentHashMap<>();

  FirstSignIn(Path data) {
    this.file = data.resolve("first-sign-in.txt");
  }

  /**
   * Adds the sample people who are missing; those who are there keep their passwords. Each hash is
   * made to be slow and there are a hundred people, so nobody waits for all of them: whoever signs
   * in before their turn is added then.
   */
  void invite(CityPack pack, Accounts accounts) {
    for (SamplePerson person : pack.people()) {
      if (accounts.findByLogin(person.login()).isEmpty()) {
        missing.put(person.login(), () -> accounts.addMissing(List.of(newUser(person))));
      }
    }
    Thread.ofPlatform().name("sample-people").daemon().start(() -> addAll(pack));
    StringBuilder text =
        new StringBuilder("# 合成数据 · synthetic sample people\n# user\troles\tunit\tpassword\n");
    for (SamplePerson person : pack.people()) {
      text.append(person.login())
          .append('\t')
          .append(String.join("|", person.roles()))
          .append('\t')
          .append(person.unit())
          .append('\t')
          .append(person.password())
          .append('\n');
    }
    write(text.toString());
  }

  private void addAll(CityPack pack) {
    for (SamplePerson person : pack.people()) {
      try {
        if (!closed) arrives(person.login());
      } catch (Failure e) {
        // They are added when they come, as everybody behind them in the row.
        LOG.warn("sample people are added as they sign in, code={}", e.code().id());
        return;
      }
    }
  }

  /** Adds nobody any more by itself. */
  void close() {
    closed = true;
  }

  @Override
  public void arrives(String login) {
    // A map's computation for one key runs once; who comes meanwhile waits for it.
    missing.computeIfPresent(
        login,
        (who, adding) -> {
          adding.run();
          return null;
        });
  }

  /** Offers the one-time link while a city has no user. */
  void offerLink(Office office, String address) {
    if (office.accounts().anyUser()) {
      remove();
      return;
    }
    String token = SignIn.randomText();
    office.accounts().offerSetup(SignIn.sha256(token), office.clock().instant().plus(LINK_LIFE));
    // Behind the # it reaches neither a server's log nor a proxy.
    write(
        "# 24 小时内打开一次,建立首位管理员 · open once within 24 hours to make the first administrator\n"
            + address
            + "/setup#token="
            + token
            + "\n");
  }

  @Override
  public void setUp() {
    remove();
  }

  private void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static NewUser newUser(SamplePerson person) {
    return new NewUser(
        person.login(),
        person.name(),
        Optional.of(person.unit()).filter(u -> !u.isBlank()),
        person.areas(),
        person.roles(),
        PasswordHash.of(person.password()));
  }

  private void write(String text) {
    try {
      Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow();
      Files.createDirectories(folder);
      Path fresh =
          Files.createTempFile(
              folder,
              "first-sign-in",
              ".new",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(fresh, text);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
