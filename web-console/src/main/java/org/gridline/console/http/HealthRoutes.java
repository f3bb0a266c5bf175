package org.gridline.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.gridline.console.health.Finding;
import org.gridline.console.health.Health;
import org.gridline.console.measure.Measures;
import org.gridline.console.view.Json;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.people.Permission.Right;

/** Health, measures, and the description of everything. */
public final class HealthRoutes {
  private final Health health;
  private final Measures measures;
  private final Watchers watchers;
  private final Gzip description;

  public HealthRoutes(Health health, Measures measures, Watchers watchers) {
    this.health = health;
    this.measures = measures;
    this.watchers = watchers;
    this.description = Gzip.of("application/yaml; charset=utf-8", resource(), true);
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/health/live", call -> answer(List.of(), body(List.of()))).open(),
        Endpoint.get("/health/ready", this::ready).open(),
        Endpoint.get("/api/v1/system", this::system),
        Endpoint.get("/metrics", this::metrics).open(),
        Endpoint.get("/api/openapi.yaml", call -> description.answer(call.request(), "no-cache"))
            .open());
  }

  private Answer ready(Call call) {
    Health.Report report = health.glance();
    ObjectNode body = body(report.causes());
    if (watchers.admits(call)) {
      body.set("details", Json.list(report.details(), HealthRoutes::detail));
    }
    return answer(report.causes(), body);
  }

  /** The same for the page of whoever looks after the system, always answered. */
  private Answer system(Call call) {
    if (!call.user().may(Right.WATCH_SYSTEM))
      throw new Failure(
          FailureCode.NOT_PERMITTED, "您的岗位不能查看系统状态 · your role does not see the system's state");
    Health.Report report = health.glance();
    ObjectNode body = body(report.causes()).put("at", Instant.now().toString());
    body.set("details", Json.list(report.details(), HealthRoutes::detail));
    return Answer.json(body);
  }

  private static ObjectNode body(List<String> causes) {
    ObjectNode node = Json.object().put("status", causes.isEmpty() ? "up" : "down");
    node.set("causes", Json.texts(causes));
    return node;
  }

  private static Answer answer(List<String> causes, ObjectNode body) {
    return Answer.json(causes.isEmpty() ? 200 : 503, body);
  }

  private static ObjectNode detail(Health.Standing standing) {
    Finding finding = standing.finding();
    ObjectNode node =
        Json.object()
            .put("name", finding.name())
            .put("state", finding.state().name().toLowerCase(Locale.ROOT))
            .put("since", standing.since().toString())
            .put("value", finding.value())
            .put("limit", finding.limit());
    if (finding.state() != Finding.State.WELL) {
      node.putObject("todo").put("zh", finding.todo().zh()).put("en", finding.todo().en());
    }
    return node;
  }

  private Answer metrics(Call call) {
    if (!watchers.admits(call)) {
      throw new Failure(FailureCode.NOT_FOUND, "没有此地址 · no such address");
    }
    return new Answer.Full(
        200,
        "text/plain; version=0.0.4; charset=utf-8",
        measures.scrape().getBytes(StandardCharsets.UTF_8),
        Map.of());
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
