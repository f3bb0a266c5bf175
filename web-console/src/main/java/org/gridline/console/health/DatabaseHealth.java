package org.gridline.console.health;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.gridline.console.health.Finding.State;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.store.Vitals;

/** The database and what this node does with it: one question, many answers. Thread-safe. */
public final class DatabaseHealth implements HealthCheck {
  private static final double MOST_HORIZON_SECONDS = 5;
  private static final double MOST_SILENCE_SECONDS = 5;
  private static final double MOST_UNSEALED_SECONDS = 10;
  private static final double MOST_ANCHOR_SECONDS = 15 * 60;
  private static final double MOST_RETENTION_SECONDS = 3_600;
  private static final double MOST_OFFSET_SECONDS = 60;
  private static final long JUMP_TOLD_SECONDS = 3_600;

  private final Supplier<Vitals> ask;
  private final IntSupplier inFlight;
  private final int connections;
  private final InstantSource clock;
  private volatile Optional<Vitals> last = Optional.empty();

  /**
   * @param inFlight statements that run or wait for a connection
   * @param connections how many can run at once
   */
  public DatabaseHealth(
      Supplier<Vitals> ask, IntSupplier inFlight, int connections, InstantSource clock) {
    this.ask = ask;
    this.inFlight = inFlight;
    this.connections = connections;
    this.clock = clock;
  }

  /** What was last heard from the database; empty while it is away. */
  public Optional<Vitals> last() {
    return last;
  }

  @Override
  public String name() {
    return "database";
  }

  @Override
  public List<Finding> look() {
    try {
      Vitals v = ask.get();
      last = Optional.of(v);
      return findings(v);
    } catch (RuntimeException e) {
      // Refused as well as gone: whoever asks about health wants the cause, not an error.
      last = Optional.empty();
      return List.of(reachable(State.DOWN), pool());
    }
  }

  private static Finding reachable(State state) {
    return new Finding(
        "database",
        state,
        state == State.WELL ? "reachable" : "",
        "",
        new Names(
            "检查 PostgreSQL 是否运行、能否登录、磁盘是否已满;恢复后自动继续",
            "check that PostgreSQL runs, lets us in and has space; it heals by itself afterwards"));
  }

  private Finding pool() {
    // Each connection kept busy by a queue four times as long: people begin to feel it.
    return Finding.atMost(
        "pool",
        inFlight.getAsInt(),
        connections * 5.0,
        "statements",
        State.DEGRADED,
        new Names(
            "数据库跟不上:看 gridline_database_statement_seconds 哪一项慢",
            "the database can't keep up: see in gridline_database_statement_seconds what is slow"));
  }

  private List<Finding> findings(Vitals v) {
    List<Finding> all = new ArrayList<>(List.of(reachable(State.WELL), pool()));
    all.add(
        new Finding(
            "migration",
            v.migration().equals(v.expectedMigration()) ? State.WELL : State.DEGRADED,
            v.migration(),
            v.expectedMigration(),
            new Names(
                "数据库结构与本程序版本不一致:把所有节点升级到同一版本",
                "the schema is of another version than this program: bring all nodes to the same")));
    all.add(
        Finding.atMost(
            "horizon-age",
            v.horizonAgeSeconds(),
            MOST_HORIZON_SECONDS,
            "s",
            State.DOWN,
            new Names(
                "有写事务长时间未结束:在 pg_stat_activity 中按 xact_start 找到并结束它",
                "a writing transaction stays open: find it in pg_stat_activity by xact_start and end it")));
    all.add(
        Finding.atMost(
            "sealer-lag",
            Math.max(v.sealerSilenceSeconds(), 0),
            MOST_SILENCE_SECONDS,
            "s",
            State.DOWN,
            new Names(
                "封存停顿:查看服务日志中 Sealer 的记录",
                "sealing stands still: see Sealer in the server's log")));
    all.add(
        Finding.atMost(
            "unsealed-age",
            v.unsealedAgeSeconds(),
            MOST_UNSEALED_SECONDS,
            "s",
            State.DEGRADED,
            new Names(
                "有事件迟迟未得到序号:看 horizon-age 与 sealer-lag",
                "an event waits for its position: see horizon-age and sealer-lag")));
    all.add(
        Finding.atMost(
            "anchors-age",
            v.anchorAgeSeconds(),
            MOST_ANCHOR_SECONDS,
            "s",
            State.DEGRADED,
            new Names(
                "锚定文件未更新:检查 DATA/anchors.log 能否写入",
                "no anchor was written: check that DATA/anchors.log can be written")));
    all.add(
        Finding.atMost(
            "answer-retention",
            v.retentionAgeSeconds(),
            MOST_RETENTION_SECONDS,
            "s",
            State.DEGRADED,
            new Names("旧应答未清理:查看服务日志", "old answers are not forgotten: see the server's log")));
    all.add(archive(v));
    all.add(clock(v));
    return all;
  }

  private static Finding archive(Vitals v) {
    return new Finding(
        "archive",
        switch (v.archiving()) {
          case OFF, WORKS -> State.WELL;
          case FAILS -> State.DEGRADED;
        },
        v.archiving().name().toLowerCase(Locale.ROOT),
        "",
        new Names(
            "日志归档失败，备份停在此前，磁盘会渐满:检查归档目录能否写入、是否已满,看 PostgreSQL 日志",
            "archiving fails, so backups end before it and the disk fills: check that the archive can be written and"
                + " has space, see PostgreSQL's log"));
  }

  private Finding clock(Vitals v) {
    double offset = Math.abs(v.clockOffset().toMillis() / 1e3);
    Instant recent = clock.instant().minusSeconds(JUMP_TOLD_SECONDS);
    boolean jumped = v.clockJumped().filter(at -> at.isAfter(recent)).isPresent();
    return new Finding(
        "clock",
        offset > MOST_OFFSET_SECONDS || jumped ? State.DEGRADED : State.WELL,
        Finding.text(offset, "s") + (jumped ? ", jumped" : ""),
        Finding.text(MOST_OFFSET_SECONDS, "s"),
        new Names(
            "本机与数据库服务器时钟不一致:两边都启用 NTP",
            "this machine's clock and the database's differ: run NTP on both"));
  }
}
