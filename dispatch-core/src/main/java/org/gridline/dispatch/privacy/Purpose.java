package org.gridline.dispatch.privacy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.gridline.dispatch.Names;

/** What somebody looks at a caller's identity for. */
public enum Purpose {
  CALL_BACK("联系来电人", "calling back"),
  HANDLING("办理需要", "needed for handling"),
  IDENTITY("核对身份", "telling who it is"),
  EMERGENCY("紧急处置", "an emergency"),
  REVIEW("督查复核", "a review");

  private final Names label;

  Purpose(String zh, String en) {
    label = new Names(zh, en);
  }

  /** The stable spelling in the API, for example {@code call_back}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Names label() {
    return label;
  }

  public static Optional<Purpose> find(String id) {
    return Arrays.stream(values()).filter(p -> p.id().equals(id)).findFirst();
  }
}
