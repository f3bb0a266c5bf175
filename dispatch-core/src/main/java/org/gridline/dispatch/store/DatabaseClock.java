package org.gridline.dispatch.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's one clock: the database's time by measured offset, in whole microseconds as the
 * database keeps them. Nodes whose own clocks differ so agree on every due time.
 */
final class DatabaseClock implements InstantSource {
  private static final Duration ALARMING_JUMP = Duration.ofSeconds(60);
  private static final long MEASURE_MILLIS = 60_000;
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);

  private volatile Duration offset = Duration.ZERO;
  private volatile Optional<Instant> jumped = Optional.empty();

  @Override
  public Instant instant() {
    return Instant.now().plus(offset).truncatedTo(ChronoUnit.MICROS);
  }

  /** How far the database's clock is ahead of this machine's. */
  Duration offset() {
    return offset;
  }

  /** When the offset last changed by more than a minute from one measuring to the next. */
  Optional<Instant> jumped() {
    return jumped;
  }

  void keepMeasuring(Vertx vertx, Pool pool) {
    measure(pool);
    vertx.setPeriodic(MEASURE_MILLIS, id -> measure(pool));
  }

  private void measure(Pool pool) {
    // Connecting takes longer than asking and would count half as an offset.
    pool.withConnection(this::measure);
  }

  private Future<RowSet<Row>> measure(SqlConnection connection) {
    Instant before = Instant.now();
    return connection
        .query("SELECT clock_timestamp() AT TIME ZONE 'UTC'")
        .execute()
        .onSuccess(
            rows -> {
              Instant after = Instant.now();
              Instant there = rows.iterator().next().getLocalDateTime(0).toInstant(ZoneOffset.UTC);
              Duration halfWay = Duration.between(before, after).dividedBy(2);
              Duration measured = Duration.between(before.plus(halfWay), there);
              if (measured.minus(offset).abs().compareTo(ALARMING_JUMP) > 0 && !offset.isZero()) {
                jumped = Optional.of(after);
                LOG.error("the clock jumped against the database by {}", measured.minus(offset));
              }
              offset = measured;
            });
  }
}
