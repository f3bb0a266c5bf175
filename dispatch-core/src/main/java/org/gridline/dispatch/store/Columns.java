package org.gridline.dispatch.store;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Many rows as one array for each column, in the order in which a statement names them. */
final class Columns<T> {
  private final List<T> rows;
  private final Tuple tuple;

  Columns(List<T> rows) {
    this(rows, Tuple.tuple());
  }

  private Columns(List<T> rows, Tuple tuple) {
    this.rows = rows;
    this.tuple = tuple;
  }

  /** More columns of the same statement, of other rows. */
  <O> Columns<O> of(List<O> others) {
    return new Columns<>(others, tuple);
  }

  Columns<T> longs(ToLongFunction<T> column) {
    return add(new Long[rows.size()], column::applyAsLong);
  }

  Columns<T> ints(ToIntFunction<T> column) {
    return add(new Integer[rows.size()], column::applyAsInt);
  }

  Columns<T> booleans(Predicate<T> column) {
    return add(new Boolean[rows.size()], column::test);
  }

  Columns<T> texts(Function<T, String> column) {
    return add(new String[rows.size()], column);
  }

  Columns<T> instants(Function<T, Instant> column) {
    return add(new OffsetDateTime[rows.size()], r -> column.apply(r).atOffset(ZoneOffset.UTC));
  }

  Columns<T> bytes(Function<T, byte[]> column) {
    return add(new Buffer[rows.size()], r -> Buffer.buffer(column.apply(r)));
  }

  Columns<T> longsIfAny(Function<T, Optional<Long>> column) {
    return add(new Long[rows.size()], r -> column.apply(r).orElse(null));
  }

  Columns<T> doublesIfAny(Function<T, Optional<Double>> column) {
    return add(new Double[rows.size()], r -> column.apply(r).orElse(null));
  }

  Columns<T> textsIfAny(Function<T, Optional<String>> column) {
    return add(new String[rows.size()], r -> column.apply(r).orElse(null));
  }

  Columns<T> bytesIfAny(Function<T, Optional<byte[]>> column) {
    return add(new Buffer[rows.size()], r -> column.apply(r).map(Buffer::buffer).orElse(null));
  }

  /** A plain loop: dozens of columns of a single row are made for each step. */
  private <V> Columns<T> add(@Nullable V[] cells, Function<T, ? extends @Nullable V> column) {
    for (int i = 0; i < cells.length; i++) cells[i] = column.apply(rows.get(i));
    tuple.addValue(cells);
    return this;
  }

  Tuple tuple() {
    return tuple;
  }
}
