package org.gridline.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.gridline.console.view.Json;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;

/** Health, measures, and the description of everything. */
public final class HealthRoutes {
  private final Supplier<List<String>> problems;
  private final Supplier<ObjectNode> details;
  private final PrometheusMeterRegistry metrics;
  private final Gzip description;

  /**
   * @param problems why a request could fail now; empty when well; may wait for the database
   * @param details worth knowing, and no reason to be unwell; never waits
   */
  public HealthRoutes(
      Supplier<List<String>> problems,
      Supplier<ObjectNode> details,
      PrometheusMeterRegistry metrics) {
    this.problems = problems;
    this.details = details;
    this.metrics = metrics;
    this.description = Gzip.of("application/yaml; charset=utf-8", resource(), true);
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/health/live", call -> health(List.of())).open(),
        Endpoint.get("/health/ready", call -> health(problems.get())).open(),
        Endpoint.get("/metrics", this::metrics).open(),
        Endpoint.get("/api/openapi.yaml", call -> description.answer(call.request(), "no-cache"))
            .open());
  }

  private Answer health(List<String> causes) {
    ObjectNode node = Json.object().put("status", causes.isEmpty() ? "up" : "down");
    node.set("causes", Json.texts(causes));
    node.set("details", details.get());
    return Answer.json(causes.isEmpty() ? 200 : 503, node);
  }

  private Answer metrics(Call call) {
    // A proxy on this machine makes every visitor look local; what it forwards is not.
    boolean forwarded =
        call.header("X-Forwarded-For").isPresent() || call.header("Forwarded").isPresent();
    if (forwarded || !local(call.request().remoteAddress())) {
      throw new Failure(FailureCode.NOT_FOUND, "没有此地址 · no such address");
    }
    return new Answer.Full(
        200,
        "text/plain; version=0.0.4; charset=utf-8",
        metrics.scrape().getBytes(StandardCharsets.UTF_8),
        Map.of());
  }

  private static boolean local(SocketAddress address) {
    try {
      return InetAddress.getByName(address.hostAddress()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static byte[] resource() {
    try (InputStream in = HealthRoutes.class.getResourceAsStream("/openapi.yaml")) {
      if (in == null) throw new IllegalStateException("openapi.yaml is not in the jar");
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
