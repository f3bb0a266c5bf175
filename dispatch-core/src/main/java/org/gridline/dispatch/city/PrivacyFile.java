package org.gridline.dispatch.city;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.gridline.dispatch.privacy.Erasures.Periods;

/** How long a pack keeps what it knows of people, in its optional {@code privacy.yaml}. */
public final class PrivacyFile {
  private static final int MOST_DAYS = 36_500;

  private PrivacyFile() {}

  /**
   * @param pack the pack's folder
   * @throws UnusablePack naming file, place and reason
   */
  public static Periods read(Path pack) {
    PackFolder folder = new PackFolder(pack.toAbsolutePath().normalize(), pack);
    return folder
        .find("privacy.yaml")
        .map(Yaml::read)
        .map(y -> y.only("callerDays", "photoDays", "letterDays", "recordingDays"))
        .map(
            y ->
                new Periods(
                    days(y, "callerDays"),
                    days(y, "photoDays"),
                    days(y, "letterDays"),
                    days(y, "recordingDays")))
        .orElseGet(Periods::unlimited);
  }

  private static Optional<Duration> days(Yaml yaml, String member) {
    if (yaml.find(member).isEmpty()) return Optional.empty();
    double days = yaml.number(member);
    if (days < 1 || days > MOST_DAYS || days != Math.rint(days))
      throw yaml.wrong(member, "must be a whole number from 1 to " + MOST_DAYS);
    return Optional.of(Duration.ofDays((long) days));
  }
}
