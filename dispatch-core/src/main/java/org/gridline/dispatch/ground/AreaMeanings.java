package org.gridline.dispatch.ground;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which ground a code meant in which version: a code that is used again for other ground is told
 * from what it was. A meaning is named by the serial of the version in which it began; 0 means that
 * nothing is known of a beginning. Immutable.
 */
public final class AreaMeanings {
  /** Ground that nothing ever happened to. */
  public static final AreaMeanings NONE = new AreaMeanings(List.of(), List.of(), Optional.empty());

  private final Map<String, Link> byName = new HashMap<>();
  private final Map<Long, Link> bySerial = new HashMap<>();
  private final Map<String, NavigableSet<Long>> begun = new HashMap<>();
  private final Optional<Link> now;

  /** A version that held at some time, and the one that it stands on. */
  public record Link(String version, long serial, Optional<String> base) {}

  /** A code that from this version on means the ground that it means there. */
  public record Begun(String version, String code) {}

  /**
   * @param now name of the version that holds
   */
  public AreaMeanings(Collection<Link> versions, Collection<Begun> begun, Optional<String> now) {
    for (Link link : versions) {
      byName.put(link.version(), link);
      bySerial.put(link.serial(), link);
    }
    for (Begun one : begun)
      find(one.version())
          .ifPresent(
              link ->
                  this.begun.computeIfAbsent(one.code(), c -> new TreeSet<>()).add(link.serial()));
    this.now = now.flatMap(this::find);
  }

  private Optional<Link> find(String version) {
    return Optional.ofNullable(byName.get(version));
  }

  /** What a code means in a version. */
  public long in(String version, String code) {
    return in(find(version), code);
  }

  /** The same, by the version's serial. */
  long in(long serial, String code) {
    return in(Optional.ofNullable(bySerial.get(serial)), code);
  }

  /** What a code meant before a version changed it. */
  long before(long serial, String code) {
    return in(
        Optional.ofNullable(bySerial.get(serial)).flatMap(Link::base).flatMap(this::find), code);
  }

  private long in(Optional<Link> version, String code) {
    NavigableSet<Long> beginnings = begun.get(code);
    if (beginnings == null) return 0;
    Optional<Link> at = version;
    while (at.isPresent()) {
      long serial = at.get().serial();
      if (beginnings.contains(serial)) return serial;
      // A base is always older, so a chain that was damaged ends as well.
      at = at.get().base().flatMap(this::find).filter(base -> base.serial() < serial);
    }
    return 0;
  }

  /** What a code means today; of one that is gone, what it meant last. */
  public long now(String code) {
    long meant = in(now, code);
    NavigableSet<Long> beginnings = begun.get(code);
    return meant == 0 && beginnings != null ? beginnings.last() : meant;
  }

  /** Whether a code that was written down under a version means the same today. */
  public boolean still(String version, String code) {
    return find(version).isEmpty() || in(version, code) == now(code);
  }
}
