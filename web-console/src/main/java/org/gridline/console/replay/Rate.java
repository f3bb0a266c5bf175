package org.gridline.console.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How fast rows are sent. */
sealed interface Rate {
  Pattern A_SECOND = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,3})?)/s");
  Pattern TIMES = Pattern.compile("x(\\d{1,7}(?:\\.\\d{1,3})?)");

  /** As many as are answered. */
  record AsFastAsItGoes() implements Rate {}

  record PerSecond(double rows) implements Rate {}

  /** In the rhythm in which they happened, so many times faster. */
  record TimesReal(double factor) implements Rate {}

  /** Reads {@code 200/s}, {@code x3600} or {@code max}. */
  static Optional<Rate> find(String text) {
    if (text.equals("max")) return Optional.of(new AsFastAsItGoes());
    Matcher second = A_SECOND.matcher(text);
    if (second.matches()) {
      return positive(second.group(1)).map(PerSecond::new);
    }
    Matcher times = TIMES.matcher(text);
    return times.matches() ? positive(times.group(1)).map(TimesReal::new) : Optional.empty();
  }

  private static Optional<Double> positive(String number) {
    return Optional.of(Double.valueOf(number)).filter(n -> n > 0);
  }

  /** Says when each row is due. Not thread-safe. */
  final class Beat {
    /** What could not be sent in time is made up for at most so much. */
    private static final long MOST_DEBT = Duration.ofSeconds(1).toNanos();

    private final Rate rate;
    private Optional<Instant> firstHappened = Optional.empty();
    private long start;
    private long last;

    Beat(Rate rate) {
      this.rate = rate;
    }

    /**
     * @param happened when the row's report was made
     * @param now on the clock of {@link System#nanoTime()}
     * @return when to send it, on the same clock; not later than {@code now} means at once
     */
    long due(Instant happened, long now) {
      return switch (rate) {
        case AsFastAsItGoes() -> now;
        case PerSecond(double rows) -> {
          last = Math.max(last + (long) (1e9 / rows), now - MOST_DEBT);
          if (firstHappened.isEmpty()) last = now;
          firstHappened = Optional.of(happened);
          yield last;
        }
        case TimesReal(double factor) -> {
          if (firstHappened.isEmpty()) {
            firstHappened = Optional.of(happened);
            start = now;
          }
          double real = Duration.between(firstHappened.get(), happened).toMillis() * 1e6;
          yield start + (long) (real / factor);
        }
      };
    }
  }
}
