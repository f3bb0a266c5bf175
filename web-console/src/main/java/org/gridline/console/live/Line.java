package org.gridline.console.live;

import io.vertx.core.buffer.Buffer;

/** A client's connection. Its methods may be called from any thread and never wait. */
interface Line {
  /** What waits for a slow reader in the server's memory beyond this is not written. */
  int MOST_WAITING_BYTES = 16 * 1024;

  boolean full();

  void write(Buffer bytes);

  /** Whether nobody is at the other end any more, as far as can be told. */
  boolean gone();

  /** Asks the other end whether it is there, where the connection can. */
  void ping();

  /** Asks for a new snapshot; the feed tells nothing until the client goes live again. */
  void restart();

  void close();
}
