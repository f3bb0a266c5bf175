package org.gridline.console.health;

import java.util.List;

/**
 * Looks at one part of the house. Called on virtual threads every few seconds and whenever somebody
 * asks; may wait a bounded time. What it throws is told as trouble of its {@link #name}.
 */
public interface HealthCheck {
  /** What stands for this part when nothing can be found out. */
  String name();

  /** What it finds now; one finding a thing, always the same names. */
  List<Finding> look();
}
