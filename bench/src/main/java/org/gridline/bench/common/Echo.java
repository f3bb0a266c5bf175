package org.gridline.bench.common;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Bare Vert.x, as many event loops as there are cores: the least that answering over HTTP costs.
 */
final class Echo extends VerticleBase {
  private final int port;
  private final Buffer answer;

  private Echo(int port, Buffer answer) {
    this.port = port;
    this.answer = answer;
  }

  /** Arguments: the port, and the file with the answer's bytes. */
  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    byte[] answer = Files.readAllBytes(Path.of(arguments[1]));
    Vertx.vertx()
        .deployVerticle(
            () -> new Echo(port, Buffer.buffer(answer)),
            new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors()))
        .await();
  }

  @Override
  public Future<?> start() {
    return vertx
        .createHttpServer()
        .requestHandler(
            request ->
                request
                    .body()
                    .onComplete(
                        body ->
                            request
                                .response()
                                .putHeader("Content-Type", "application/json")
                                .end(answer)))
        .listen(port, "127.0.0.1");
  }
}
