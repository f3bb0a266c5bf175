package org.gridline.console.live;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** A stream of server-sent events. */
final class SseLine implements Wire {
  private final HttpServerResponse response;

  SseLine(HttpServerResponse response) {
    this.response = response;
    response.setWriteQueueMaxSize(Line.MOST_WAITING_BYTES);
  }

  @Override
  public void handlers(Runnable drained, Runnable lost) {
    response.drainHandler(v -> drained.run());
    response.closeHandler(v -> lost.run());
    response.exceptionHandler(e -> lost.run());
  }

  @Override
  public boolean full() {
    return response.writeQueueFull();
  }

  @Override
  public boolean gone() {
    return response.closed() || response.ended();
  }

  @Override
  public void write(Buffer bytes) {
    response.write(bytes);
  }

  @Override
  public void ping() {
    // The stream has no way to ask; one that nobody reads is cut off by its idle time.
  }

  @Override
  public void end() {
    if (!response.ended() && !response.closed()) response.end();
  }
}
