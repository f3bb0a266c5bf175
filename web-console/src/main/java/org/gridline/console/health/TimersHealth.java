package org.gridline.console.health;

import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import org.gridline.console.health.Finding.State;
import org.gridline.dispatch.Names;

/** Whether what happens by time does happen. Thread-safe. */
public final class TimersHealth implements HealthCheck {
  private final DoubleSupplier heldSeconds;
  private final IntSupplier aside;

  public TimersHealth(DoubleSupplier heldSeconds, IntSupplier aside) {
    this.heldSeconds = heldSeconds;
    this.aside = aside;
  }

  @Override
  public String name() {
    return "timers";
  }

  @Override
  public List<Finding> look() {
    double held = heldSeconds.getAsDouble();
    return List.of(
        new Finding(
            "timers-held",
            held > 0 ? State.DEGRADED : State.WELL,
            Finding.text(held, "s"),
            Finding.text(0, "s"),
            new Names(
                "数据库时间突变超过 60 秒,预警与超时升级已暂停:检查数据库服务器的时钟与 NTP,到时自动恢复",
                "the database's time stepped by over 60 s, so warnings and escalations are held: check that"
                    + " machine's clock and NTP; they go on by themselves")),
        Finding.atMost(
            "timers-aside",
            aside.getAsInt(),
            0,
            "clocks",
            State.DEGRADED,
            new Names(
                "有时钟无法触发:查看服务日志中的工单编号",
                "some clocks can't be fired: the server's log names their tickets")));
  }
}
