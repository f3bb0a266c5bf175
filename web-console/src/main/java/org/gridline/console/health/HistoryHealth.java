package org.gridline.console.health;

import java.util.List;
import java.util.Locale;
import org.gridline.console.health.Finding.State;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.store.HistoryGuard;

/**
 * Whether the database itself keeps this server from changing history. It can't change in a run.
 */
public record HistoryHealth(HistoryGuard guard) implements HealthCheck {
  @Override
  public String name() {
    return "history-guard";
  }

  @Override
  public List<Finding> look() {
    State state =
        switch (guard) {
          case BY_ROLE -> State.WELL;
          case BY_TRIGGER_ONLY -> State.DEGRADED;
        };
    return List.of(
        new Finding(
            "history-guard",
            state,
            guard.name().toLowerCase(Locale.ROOT).replace('_', ' '),
            "",
            new Names(
                "服务所用的数据库角色拥有事件表,证据较弱:改用两个角色,见运行手册",
                "the server's database role owns the event log, so the proof is weaker: use two roles, see the operators' page")));
  }
}
