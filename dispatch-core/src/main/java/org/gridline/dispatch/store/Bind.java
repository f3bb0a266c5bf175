package org.gridline.dispatch.store;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects the values of a statement in the order in which its text names them. */
final class Bind {
  private final Tuple tuple = Tuple.tuple();

  Bind add(@Nullable Object value) {
    tuple.addValue(value instanceof byte[] bytes ? Buffer.buffer(bytes) : value);
    return this;
  }

  Bind add(Instant at) {
    tuple.addValue(at.atOffset(ZoneOffset.UTC));
    return this;
  }

  Bind add(Optional<?> value) {
    return add(value.orElse(null));
  }

  Bind strings(Collection<String> values) {
    tuple.addValue(values.toArray(String[]::new));
    return this;
  }

  Bind longs(Collection<Long> values) {
    tuple.addValue(values.toArray(Long[]::new));
    return this;
  }

  Bind buffers(Collection<ByteBuffer> values) {
    tuple.addValue(values.stream().map(Bind::buffer).toArray(Buffer[]::new));
    return this;
  }

  Bind instants(Collection<Instant> values) {
    tuple.addValue(
        values.stream().map(at -> at.atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new));
    return this;
  }

  Tuple tuple() {
    return tuple;
  }

  private static Buffer buffer(ByteBuffer value) {
    byte[] bytes = new byte[value.remaining()];
    value.duplicate().get(bytes);
    return Buffer.buffer(bytes);
  }
}
