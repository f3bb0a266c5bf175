package org.gridline.dispatch.people;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * How one signs in, as the security administrator decided; the bounds are those of the table.
 *
 * @param version grows with each change; 0 for the program's own defaults
 * @param leastLength characters of a password
 * @param history how many earlier passwords can't be taken again
 * @param rotationDays a password older than this must be changed; 0 for never
 * @param mostFailures wrong passwords in a row that close the door
 * @param lockMinutes for how long
 * @param sessionHours how long a session lasts
 */
public record SignInPolicy(
    int version,
    int leastLength,
    int history,
    int rotationDays,
    int mostFailures,
    int lockMinutes,
    int sessionHours,
    SecondFactor secondFactor) {
  /** Who must sign in with a second factor; everybody else may. */
  public enum SecondFactor {
    OPTIONAL,
    ADMINISTRATORS,
    EVERYBODY
  }

  public SignInPolicy {
    bounded("leastLength", leastLength, 8, 128);
    bounded("history", history, 0, 24);
    bounded("rotationDays", rotationDays, 0, 3_650);
    bounded("mostFailures", mostFailures, 3, 20);
    bounded("lockMinutes", lockMinutes, 1, 1_440);
    bounded("sessionHours", sessionHours, 1, 24);
  }

  /** A city with real people: administrators need a second factor, passwords last half a year. */
  public static SignInPolicy real() {
    return new SignInPolicy(0, 10, 5, 180, 5, 15, 12, SecondFactor.ADMINISTRATORS);
  }

  /** A made-up city, whose passwords everybody may know. */
  public static SignInPolicy sample() {
    return new SignInPolicy(0, 10, 5, 0, 5, 15, 12, SecondFactor.OPTIONAL);
  }

  public Duration lock() {
    return Duration.ofMinutes(lockMinutes);
  }

  public Duration session() {
    return Duration.ofHours(sessionHours);
  }

  /** When a password that was set then has to be changed. */
  public Optional<Instant> passwordEnds(Instant setAt) {
    return rotationDays == 0
        ? Optional.empty()
        : Optional.of(setAt.plus(Duration.ofDays(rotationDays)));
  }

  public boolean needsSecondFactor(User user) {
    return switch (secondFactor) {
      case OPTIONAL -> false;
      case ADMINISTRATORS -> user.office().isPresent();
      case EVERYBODY -> true;
    };
  }

  /** What somebody has to do before anything else. */
  public Set<Chore> chores(User user, Instant passwordAt, boolean enrolled, Instant now) {
    Set<Chore> chores = EnumSet.noneOf(Chore.class);
    if (passwordEnds(passwordAt).filter(end -> !now.isBefore(end)).isPresent())
      chores.add(Chore.CHANGE_PASSWORD);
    if (!enrolled && needsSecondFactor(user)) chores.add(Chore.ENROL_SECOND_FACTOR);
    return chores;
  }

  private static void bounded(String name, int value, int least, int most) {
    if (value < least || value > most)
      throw new IllegalArgumentException(name + ": " + least + "–" + most);
  }
}
