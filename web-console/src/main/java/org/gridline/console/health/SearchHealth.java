package org.gridline.console.health;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.gridline.console.health.Finding.State;
import org.gridline.dispatch.Names;

/**
 * Whether tickets are found by their words. The index is made anew by itself; lists go on without
 * it.
 *
 * @param ready whether words are answered
 * @param lag events that the index has still to read
 */
public record SearchHealth(BooleanSupplier ready, LongSupplier lag) implements HealthCheck {
  private static final long MOST_EVENTS = 5_000;

  @Override
  public String name() {
    return "search";
  }

  @Override
  public List<Finding> look() {
    long behind = lag.getAsLong();
    boolean well = ready.getAsBoolean() && behind <= MOST_EVENTS;
    return List.of(
        new Finding(
            "search",
            well ? State.WELL : State.DEGRADED,
            (ready.getAsBoolean() ? "ready, " : "being built, ") + behind + " events behind",
            MOST_EVENTS + " events",
            new Names(
                "检索正在(重新)建立,其余功能不受影响;久不恢复则查数据文件夹磁盘与日志中 search",
                "the index is being built; all else goes on. If it lasts, look at the disk and at search in the log")));
  }
}
