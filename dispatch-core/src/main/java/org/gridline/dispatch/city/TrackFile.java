package org.gridline.dispatch.city;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.gridline.dispatch.track.TrackRules;

/**
 * How a pack tracks its workers, in its optional {@code positions.yaml}; without it, not at all.
 */
public final class TrackFile {
  private TrackFile() {}

  /**
   * @param pack the pack's folder
   * @throws UnusablePack naming file, place and reason
   */
  public static Optional<TrackRules> read(Path pack) {
    PackFolder folder = new PackFolder(pack.toAbsolutePath().normalize(), pack);
    return folder
        .find("positions.yaml")
        .map(Yaml::read)
        .map(
            y ->
                y.only(
                    "intervalSeconds",
                    "keepDays",
                    "lateHours",
                    "worstAccuracyMetres",
                    "emergencyHours"))
        .map(TrackFile::rules);
  }

  private static TrackRules rules(Yaml y) {
    Duration kept = Duration.ofDays(whole(y, "keepDays", 1, 365));
    Duration late = Duration.ofHours(whole(y, "lateHours", 1, 72));
    if (late.compareTo(kept) > 0)
      throw y.wrong("lateHours", "what is brought late must be kept: at most keepDays");
    return new TrackRules(
        Duration.ofSeconds(whole(y, "intervalSeconds", 2, 600)),
        kept,
        late,
        whole(y, "worstAccuracyMetres", 10, 2_000),
        Duration.ofHours(whole(y, "emergencyHours", 1, 168)));
  }

  private static long whole(Yaml y, String member, int least, int most) {
    double number = y.number(member);
    if (number < least || number > most || number != Math.rint(number))
      throw y.wrong(member, "must be a whole number from " + least + " to " + most);
    return (long) number;
  }
}
