package org.gridline.console.health;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.gridline.console.health.Finding.State;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.notice.Outbox;

/** Whether notices go out by other means than the bell. Thread-safe. */
public final class NoticesHealth implements HealthCheck {
  private static final Duration RECENT = Duration.ofHours(24);

  private final Outbox outbox;
  private final InstantSource clock;
  private final Duration late;

  /**
   * @param late how long one may wait before somebody should look
   */
  public NoticesHealth(Outbox outbox, InstantSource clock, Duration late) {
    this.outbox = outbox;
    this.clock = clock;
    this.late = late;
  }

  @Override
  public String name() {
    return "notices";
  }

  @Override
  public List<Finding> look() {
    Instant now = clock.instant();
    Outbox.Standing standing = outbox.standing(now.minus(late), now.minus(RECENT));
    return List.of(
        Finding.atMost(
            "notices-late",
            (double) standing.late(),
            0,
            "messages",
            State.DEGRADED,
            new Names(
                "有提醒未能发出:检查 mail.properties 中的邮件服务器是否可达,恢复后自动补发",
                "notices don't go out: check that the mail server of mail.properties can be"
                    + " reached; they follow by themselves")),
        Finding.atMost(
            "notices-failed",
            (double) standing.failed(),
            0,
            "messages",
            State.DEGRADED,
            new Names(
                "24 小时内有提醒被邮件服务器拒收或多次未送达:查看服务日志",
                "within 24 h some notices were refused or not taken after many tries: see the"
                    + " server's log")));
  }
}
