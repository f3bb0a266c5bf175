package org.gridline.dispatch.store;

import java.time.Duration;
import org.gridline.dispatch.deadline.ClockStep;

/**
 * Is told how a node's timers do. Called on the sweep's thread; must not wait and must not throw.
 */
public interface TimersWatch {
  /** Nobody looks. */
  TimersWatch NOBODY =
      new TimersWatch() {
        @Override
        public void fired(ClockStep step, Duration lag) {}

        @Override
        public void stands(Duration held, int aside) {}

        @Override
        public void pending(long clocks) {}
      };

  /**
   * A clock fired.
   *
   * @param lag after its moment
   */
  void fired(ClockStep step, Duration lag);

  /**
   * Once a round.
   *
   * @param held how long everything is still held because the time stepped; zero when it is not
   * @param aside clocks that can't be fired and are tried again later
   */
  void stands(Duration held, int aside);

  /** How many clocks have a moment before them, counted each minute. */
  void pending(long clocks);
}
