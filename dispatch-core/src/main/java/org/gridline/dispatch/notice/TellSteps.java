package org.gridline.dispatch.notice;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.notice.UntoldSteps.Moved;
import org.gridline.dispatch.notice.UntoldSteps.Part;
import org.gridline.dispatch.notice.UntoldSteps.Told;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people of the steps that others took, from the log and in its order, each once however many
 * nodes do it. A notice ends by itself when its ticket moves on: what it asked for was done.
 */
public final class TellSteps {
  /** One statement's most; keeps it short while a replay writes thousands of steps a second. */
  private static final int MOST = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(TellSteps.class);

  private final UntoldSteps steps;
  private final NoticeRules rules;
  private final Set<String> kinds;
  private int most = MOST;

  public TellSteps(UntoldSteps steps, NoticeRules rules) {
    this.steps = steps;
    this.rules = rules;
    this.kinds =
        rules.rules().stream()
            .flatMap(rule -> rule.on().events().stream())
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Tells of the next part of the log; false when there is nothing left. Not for two threads at
   * once; other nodes may do the same beside it.
   */
  public boolean round(Instant now) {
    Part part = steps.read(kinds, most);
    if (part.nothing()) return false;
    try {
      boolean mine = steps.tell(part, told(part, now), moved(part), now);
      most = MOST;
      return part.left() || !mine;
    } catch (Failure passing) {
      throw passing;
    } catch (RuntimeException broken) {
      if (part.upTo() - part.after() == 1) {
        // One that can't be told must not keep everybody from hearing of the others.
        LOG.error("seq={} can't be told of, {}", part.upTo(), broken.getClass().getSimpleName());
        steps.tell(part, List.of(), Map.of(), now);
      } else {
        most = Math.max(1, (int) (part.upTo() - part.after()) / 2);
      }
      return true;
    }
  }

  private static Map<Long, Moved> moved(Part part) {
    Map<Long, Moved> moved = new HashMap<>();
    for (LoggedStep step : part.steps()) {
      if (step.moves()) moved.put(step.ticket(), new Moved(step.version(), step.stateAfter()));
    }
    return moved;
  }

  private List<Told> told(Part part, Instant now) {
    Map<Long, Moved> moved = moved(part);
    List<Told> told = new ArrayList<>();
    for (LoggedStep step : part.steps()) {
      if (step.past()) continue;
      // What the same part of the log says is done needs nobody any more.
      Moved last = moved.get(step.ticket());
      boolean over = last != null && last.version() > step.version();
      for (Happening happening : Happening.of(step)) {
        if (over && happening.cause().isEmpty()) continue;
        for (NewNotice notice : rules.tell(happening, now)) told.add(new Told(happening, notice));
      }
    }
    return told;
  }
}
