package org.gridline.dispatch.store;

import io.vertx.core.Promise;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.gridline.dispatch.ticket.TicketNumbers;
import org.jspecify.annotations.Nullable;

/**
 * Ids from time, node and counter; numbers from blocks of a sequence, so that most cost no round
 * trip.
 */
final class PgTicketNumbers implements TicketNumbers {
  /** 2026-01-01T00:00:00Z; 40 bits of milliseconds last until 2060. */
  static final long EPOCH_MILLIS = 1_767_225_600_000L;

  private static final int COUNTER_BITS = 9;
  private static final int NODE_BITS = 4;
  private static final int BLOCK = 100;

  /** Longer than a statement may take. */
  private static final int FETCHING_SECONDS = 30;

  private final Sql sql;
  private final InstantSource clock;
  private final DateTimeFormatter day;
  private final String prefix;
  private final long node;
  private final AtomicLong last = new AtomicLong();
  private final AtomicReference<@Nullable Promise<Block>> fetching = new AtomicReference<>();
  private volatile Block block = new Block(new AtomicLong(0), 0);

  private record Block(AtomicLong next, long end) {}

  PgTicketNumbers(Sql sql, InstantSource clock, String prefix, ZoneId zone) {
    this.sql = sql;
    this.clock = clock;
    this.prefix = prefix;
    this.day = DateTimeFormatter.ofPattern("yyyyMMdd").withZone(zone);
    // Each start takes another node number, so a clock that jumped back can't repeat an id within
    // 16 starts.
    this.node =
        sql.write("SELECT nextval('node_number')", Tuple.tuple()).iterator().next().getLong(0)
            % (1 << NODE_BITS);
  }

  @Override
  public long nextId() {
    long now = (clock.millis() - EPOCH_MILLIS) << COUNTER_BITS;
    // More than 512 ids a millisecond borrow from the next one; a clock that steps back repeats
    // none.
    long tick = last.updateAndGet(before -> Math.max(before + 1, now));
    long millis = tick >> COUNTER_BITS;
    long counter = tick & ((1 << COUNTER_BITS) - 1);
    return (millis << (NODE_BITS + COUNTER_BITS)) | (node << COUNTER_BITS) | counter;
  }

  /** When an id was made, to the millisecond. */
  static Instant madeAt(long id) {
    return Instant.ofEpochMilli((id >> (NODE_BITS + COUNTER_BITS)) + EPOCH_MILLIS);
  }

  /** No id of an earlier time is above this one. */
  static long idAt(Instant at) {
    return (at.toEpochMilli() - EPOCH_MILLIS) << (NODE_BITS + COUNTER_BITS);
  }

  @Override
  public String nextNumber(Instant now) {
    return prefix + day.format(now) + "-" + String.format("%06d", next());
  }

  /** Who finds the block used up fetches one for all; the others wait for the same round trip. */
  private long next() {
    while (true) {
      Block current = block;
      long number = current.next().getAndIncrement();
      if (number < current.end()) return number;
      Promise<Block> mine = Promise.promise();
      Promise<Block> theirs = fetching.compareAndExchange(null, mine);
      if (theirs != null) theirs.future().timeout(FETCHING_SECONDS, TimeUnit.SECONDS).await();
      else if (block.end() == current.end()) fetch(mine);
      else {
        fetching.set(null);
        mine.complete(block);
      }
    }
  }

  private void fetch(Promise<Block> fetched) {
    try {
      long first =
          sql.write("SELECT nextval('ticket_number')", Tuple.tuple()).iterator().next().getLong(0);
      block = new Block(new AtomicLong(first), first + BLOCK);
      fetching.set(null);
      fetched.complete(block);
    } catch (Throwable e) {
      // Whatever it is: nobody may wait for this block for ever.
      fetching.set(null);
      fetched.fail(e);
      throw e;
    }
  }
}
