package org.gridline.dispatch;

import java.util.Optional;

/**
 * The one exception of the house: a code that stays stable and a detail that tells what to do.
 * Never carries personal data, since details reach logs.
 */
public final class Failure extends RuntimeException {
  private final FailureCode code;
  private final Optional<String> field;

  public Failure(FailureCode code, String detail) {
    this(code, detail, Optional.empty());
  }

  public Failure(FailureCode code, String detail, Optional<String> field) {
    super(detail);
    this.code = code;
    this.field = field;
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
}
