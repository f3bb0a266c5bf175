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
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's one clock: the database's time as it was last measured, carried on by this machine's
 * steady counter, in whole microseconds as the database keeps them. Nodes whose own clocks differ
 * so agree on every due time, and a clock on the wall that is set moves nothing here.
 */
final class DatabaseClock implements InstantSource {
  private static final Duration ALARMING_JUMP = Duration.ofSeconds(60);

  /** Time for somebody to look after a clock that jumped before anything happens because of it. */
  static final Duration HELD = Duration.ofMinutes(15);

  private static final long MEASURE_MILLIS = 60_000;

  /** What a machine's counter gains or loses at most, as kernels allow it: 500 ppm. */
  private static final long DRIFT = 2_000;

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);

  private final InstantSource wall;
  private final LongSupplier nanos;
  private volatile Reading reading;
  private volatile Duration offset = Duration.ZERO;
  private volatile Optional<Instant> jumped = Optional.empty();
  private volatile long heldUntilNanos;

  /**
   * @param at the database's time in the middle of the asking
   * @param uncertain half the time that the asking took
   */
  private record Reading(Instant at, long nanos, Optional<Duration> uncertain) {}

  DatabaseClock() {
    this(InstantSource.system(), System::nanoTime);
  }

  DatabaseClock(InstantSource wall, LongSupplier nanos) {
    this.wall = wall;
    this.nanos = nanos;
    this.reading = new Reading(wall.instant(), nanos.getAsLong(), Optional.empty());
    this.heldUntilNanos = nanos.getAsLong();
  }

  @Override
  public Instant instant() {
    Reading last = reading;
    return last.at().plusNanos(nanos.getAsLong() - last.nanos()).truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * A time that the database's clock has reached for certain: what is due by it may happen. Empty
   * before the first measuring.
   */
  Optional<Instant> reached() {
    Reading last = reading;
    long age = nanos.getAsLong() - last.nanos();
    return last.uncertain()
        .map(
            uncertain ->
                last.at()
                    .plusNanos(age - age / DRIFT)
                    .minus(uncertain)
                    .truncatedTo(ChronoUnit.MICROS));
  }

  /** How far the database's clock is ahead of this machine's. */
  Duration offset() {
    return offset;
  }

  /**
   * When, by this machine's clock, the database's time last stepped by more than a minute, or this
   * machine's did.
   */
  Optional<Instant> jumped() {
    return jumped;
  }

  /** How long what happens by time is still held because the time itself stepped; else zero. */
  Duration held() {
    long left = heldUntilNanos - nanos.getAsLong();
    return left > 0 ? Duration.ofNanos(left) : Duration.ZERO;
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
    long before = nanos.getAsLong();
    return connection
        .query("SELECT clock_timestamp() AT TIME ZONE 'UTC'")
        .execute()
        .onSuccess(
            rows ->
                measured(
                    before, rows.iterator().next().getLocalDateTime(0).toInstant(ZoneOffset.UTC)));
  }

  /**
   * The database has told its time.
   *
   * @param before the counter when it was asked
   */
  void measured(long before, Instant there) {
    long after = nanos.getAsLong();
    Instant here = wall.instant();
    Duration half = Duration.ofNanos((after - before) / 2);
    Instant expected = instant();
    boolean first = reading.uncertain().isEmpty();
    Duration step = Duration.between(expected, there.plus(half));
    Duration apart = Duration.between(here, there.plus(half));
    if (!first && alarming(step)) {
      heldUntilNanos = after + HELD.toNanos();
      LOG.error(
          "the database's time stepped by {}; what happens by time is held for {}", step, HELD);
    }
    if (!first && (alarming(step) || alarming(apart.minus(offset)))) {
      jumped = Optional.of(here);
      LOG.error("this machine's clock and the database's moved apart by {}", apart.minus(offset));
    }
    offset = apart;
    reading = new Reading(there, after - half.toNanos(), Optional.of(half));
  }

  private static boolean alarming(Duration change) {
    return change.abs().compareTo(ALARMING_JUMP) > 0;
  }
}
