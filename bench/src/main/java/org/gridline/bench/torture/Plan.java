package org.gridline.bench.torture;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** When which fault comes: the same for the same seed, however long it is followed. */
final class Plan {
  private static final int LEAST_WORK_MILLIS = 100;
  private static final int MORE_WORK_MILLIS = 900;

  private final List<Fault> faults;
  private final Random random;
  private final List<Fault> round = new ArrayList<>();

  /**
   * @param workMillis how long people work undisturbed before it
   * @param manner which of several ways; each fault takes what it needs of it
   */
  record Blow(Fault fault, int workMillis, int manner) {}

  Plan(List<Fault> faults, long seed) {
    this.faults = List.copyOf(faults);
    this.random = new Random(seed);
  }

  /** Each fault comes once before any comes again. */
  Blow next() {
    if (round.isEmpty()) {
      round.addAll(faults);
      Collections.shuffle(round, random);
    }
    return new Blow(
        round.removeLast(),
        LEAST_WORK_MILLIS + random.nextInt(MORE_WORK_MILLIS),
        random.nextInt(1 << 20));
  }
}
