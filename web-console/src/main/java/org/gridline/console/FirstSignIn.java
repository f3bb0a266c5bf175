package org.gridline.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.city.CityPack.SamplePerson;
import org.gridline.dispatch.people.Accounts;
import org.gridline.dispatch.people.Accounts.NewUser;
import org.gridline.dispatch.people.PasswordHash;
import org.gridline.dispatch.people.SignIn;

/**
 * Lets the first people in: a sample city gets its made-up people, a real one a link that makes its
 * first administrator. What to do stands in {@code first-sign-in.txt}, readable by its owner only.
 */
final class FirstSignIn {
  static final Duration LINK_LIFE = Duration.ofHours(24);

  private final Path file;

  FirstSignIn(Path data) {
    this.file = data.resolve("first-sign-in.txt");
  }

  /** Adds the sample people who are missing; passwords of those who are there stay. */
  void addSamplePeople(CityPack pack, Accounts accounts) {
    List<SamplePerson> missing =
        pack.people().stream().filter(p -> accounts.findByLogin(p.login()).isEmpty()).toList();
    accounts.addMissing(hashed(missing));
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

  void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One salt a person, as for real people; on all cores, since each hash is made to be slow. */
  private static List<NewUser> hashed(List<SamplePerson> people) {
    try (ExecutorService hashing =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      List<Callable<NewUser>> work =
          people.stream().<Callable<NewUser>>map(p -> () -> newUser(p)).toList();
      return hashing.invokeAll(work).stream().map(FirstSignIn::done).toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
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

  private static NewUser done(Future<NewUser> user) {
    try {
      return user.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
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
