package org.gridline.dispatch.evidence;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.evidence.MediaType.Family;
import org.gridline.dispatch.ticket.ActionKind;

/**
 * What a city says about evidence. Nothing is compulsory unless a rule asks for it and says why.
 *
 * @param hiddenWithCaller kinds that nobody outside the centre gets to see where a caller must stay
 *     unknown, since a voice or a letter tells who it is
 * @param unattachedKept how long a file waits for its report or action
 */
public record EvidenceRules(
    Limits limits, List<Wanted> wanted, Set<Family> hiddenWithCaller, Duration unattachedKept) {
  public EvidenceRules {
    wanted = List.copyOf(wanted);
    hiddenWithCaller = Set.copyOf(hiddenWithCaller);
  }

  /** How much is taken; bytes. */
  public record Limits(
      long photoBytes,
      long letterBytes,
      long recordingBytes,
      int mostMegapixels,
      long bytesADay,
      int filesADay,
      int atOnce) {
    public long bytes(Family family) {
      return switch (family) {
        case PHOTO -> photoBytes;
        case LETTER -> letterBytes;
        case RECORDING -> recordingBytes;
      };
    }

    public long mostBytes() {
      return Math.max(photoBytes, Math.max(letterBytes, recordingBytes));
    }
  }

  /**
   * A rule that asks for photos.
   *
   * @param kind tree of the categories that it holds for; absent for all
   * @param prefix of their codes, empty for all
   * @param nearMetres how far from the ticket they may have been taken; absent when that is all the
   *     same
   * @param reason why, shown to whoever is asked
   */
  public record Wanted(
      ActionKind action,
      Optional<String> kind,
      String prefix,
      int photos,
      OptionalDouble nearMetres,
      Names reason) {
    boolean holds(ActionKind done, Optional<CategoryKey> category) {
      if (action != done) return false;
      if (kind.isEmpty()) return true;
      return category
          .filter(c -> c.kind().equals(kind.get()) && c.code().startsWith(prefix))
          .isPresent();
    }
  }

  /** What holds where a city says nothing. */
  public static EvidenceRules usual() {
    return new EvidenceRules(
        new Limits(50L << 20, 50L << 20, 200L << 20, 120, 2L << 30, 300, 4),
        List.of(),
        Set.of(Family.LETTER, Family.RECORDING),
        Duration.ofHours(24));
  }

  /** The rule for this action on a ticket of that category; the longest prefix decides. */
  public Optional<Wanted> find(ActionKind action, Optional<CategoryKey> category) {
    return wanted.stream()
        .filter(w -> w.holds(action, category))
        .max(
            java.util.Comparator.<Wanted>comparingInt(w -> w.kind().isPresent() ? 1 : 0)
                .thenComparingInt(w -> w.prefix().length()));
  }
}
