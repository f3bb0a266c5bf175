package org.gridline.dispatch.intake;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** 诉求类型. */
public enum ReportType {
  CONSULT,
  HELP,
  COMPLAINT,
  REPORT,
  SUGGESTION,
  PRAISE,
  OTHER;

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<ReportType> find(String id) {
    return Arrays.stream(values()).filter(t -> t.id().equals(id)).findFirst();
  }
}
