package org.gridline.dispatch.indicator;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One event of a ticket as the log holds it. Read by name and not as a {@code Fact}, so that
 * figures of old years don't hang on what the program knows today.
 *
 * @param kind as {@code Fact.kind()} spells it
 * @param stateBefore name of the state, empty for the first step
 * @param unitBefore owner, empty for nobody
 * @param data the fact's plain members as texts
 */
public record Step(
    int version,
    String kind,
    Instant at,
    String stateBefore,
    String stateAfter,
    String unitBefore,
    String unitAfter,
    Map<String, String> data) {
  public Step {
    data = Map.copyOf(data);
  }

  public boolean is(String kind) {
    return this.kind.equals(kind);
  }

  /** A member of the fact; empty when it has none of that name. */
  public String datum(String name) {
    return Optional.ofNullable(data.get(name)).orElse("");
  }
}
