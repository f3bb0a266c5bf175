package org.gridline.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.gridline.console.http.Sessions;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.city.CityPack.SamplePerson;
import org.gridline.dispatch.people.Accounts;
import org.gridline.dispatch.people.Accounts.NewUser;
import org.gridline.dispatch.people.AdminKind;
import org.gridline.dispatch.people.PasswordHash;
import org.gridline.dispatch.people.SignIn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the first people in: a sample city gets its made-up people, a real one links that make its
 * first administrators. What to do stands in {@code first-sign-in.txt}, readable by its owner only.
 */
final class FirstSignIn implements Sessions.Door {
  private static final Logger LOG = LoggerFactory.getLogger(FirstSignIn.class);
  private static final Duration LINK_LIFE = Duration.ofHours(24);

  private final Path file;

  FirstSignIn(Path data) {
    this.file = data.resolve("first-sign-in.txt");
  }

  /** Adds the sample people who are missing; those who are there keep their passwords. */
  void invite(CityPack pack, Accounts accounts) {
    // All at once: by lot, by roster and by role the house turns to people who never signed in.
    // Nobody's password is hashed who is there: each start would do it for everybody.
    Set<String> free = accounts.listFree(pack.people().stream().map(SamplePerson::login).toList());
    accounts.addMissing(
        pack.people().stream()
            .filter(person -> free.contains(person.login()))
            .map(FirstSignIn::newUser)
            .toList());
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

  /** Offers a one-time link for each kind of administrator of which there never was one. */
  void offerLinks(Office office, String address) {
    Set<AdminKind> missing = office.accounts().listMissingOffices();
    if (missing.isEmpty()) {
      remove();
      return;
    }
    StringBuilder text =
        new StringBuilder(
            """
            # 24 小时内各打开一次,建立三类管理员各一名,不得为同一人
            # open each once within 24 hours; the three administrators are three people
            """);
    for (AdminKind kind : missing) {
      String token = SignIn.randomText();
      office
          .accounts()
          .offerSetup(kind, SignIn.sha256(token), office.clock().instant().plus(LINK_LIFE));
      // Behind the # it reaches neither a server's log nor a proxy.
      text.append("# ").append(kind.names().zh()).append(" · ").append(kind.names().en());
      text.append('\n').append(address).append("/setup#token=").append(token).append('\n');
    }
    write(text.toString());
  }

  @Override
  public void setUp(String token) {
    try {
      // The link that was used up goes, those of the other administrators stay as they were told.
      List<String> lines = Files.readAllLines(file);
      int used =
          IntStream.range(0, lines.size())
              .filter(i -> lines.get(i).endsWith(token))
              .findFirst()
              .orElse(-1);
      if (used < 1) return;
      List<String> left = new ArrayList<>(lines);
      left.subList(used - 1, used + 1).clear();
      if (left.stream().allMatch(line -> line.startsWith("#"))) remove();
      else write(String.join("\n", left) + "\n");
    } catch (NoSuchFileException gone) {
      LOG.debug("no file of links");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
        PasswordHash.ofPublished(person.password()));
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
