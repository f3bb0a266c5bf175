package org.gridline.console.live;

import io.vertx.core.buffer.Buffer;

/** The bytes of a connection, whatever protocol carries them. Any thread; never waits. */
interface Wire {
  /** Tells when more can be written and when the other end has gone; on any thread. */
  void handlers(Runnable drained, Runnable lost);

  boolean full();

  boolean gone();

  void write(Buffer bytes);

  void ping();

  void end();
}
