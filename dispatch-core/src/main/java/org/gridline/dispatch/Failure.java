package org.gridline.dispatch;

import java.time.Duration;
import java.util.Optional;

/**
 * The one exception of the house: a code that stays stable and a detail that tells what to do.
 * Never carries personal data, since details reach logs.
 */
public sealed class Failure extends RuntimeException {
  private final FailureCode code;
  private final Optional<String> field;
  private final Optional<Duration> again;

  public Failure(FailureCode code, String detail) {
    this(code, detail, Optional.empty());
  }

  public Failure(FailureCode code, String detail, Optional<String> field) {
    this(code, detail, field, Optional.empty());
  }

  private Failure(
      FailureCode code, String detail, Optional<String> field, Optional<Duration> again) {
    super(detail);
    this.code = code;
    this.field = field;
    this.again = again;
  }

  /** For what may be tried again once so much time has passed. */
  public static Failure later(FailureCode code, String detail, Duration rest) {
    return new Later(code, detail, rest);
  }

  /** Told to thousands a second when the house is full; where it was thrown helps nobody. */
  private static final class Later extends Failure {
    private Later(FailureCode code, String detail, Duration rest) {
      super(code, detail, Optional.empty(), Optional.of(rest));
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }

  public static Failure atField(FailureCode code, String field, String detail) {
    return new Failure(code, detail, Optional.of(field));
  }

  public FailureCode code() {
    return code;
  }

  /** The member of the request that is wrong, in API spelling. */
  public Optional<String> field() {
    return field;
  }

  /** After how long it is worth to try again, where that is known. */
  public Optional<Duration> again() {
    return again;
  }
}
