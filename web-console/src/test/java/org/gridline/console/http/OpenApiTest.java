package org.gridline.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.TreeSet;
import org.gridline.console.Town;
import org.junit.jupiter.api.Test;

/** What is described exists, and what exists is described. */
class OpenApiTest {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  @Test
  void theDescriptionAndTheRouterNameTheSameCalls() throws IOException {
    assertThat(described()).isNotEmpty().isEqualTo(routed());
  }

  @Test
  void theServerTellsItsOwnDescription() {
    Town town = Town.shared();
    HttpResponse<String> answer = town.send(town.request("/api/openapi.yaml"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith("openapi: 3.1.0");
  }

  private static Set<String> described() throws IOException {
    JsonNode api =
        new YAMLMapper().readTree(OpenApiTest.class.getResourceAsStream("/openapi.yaml"));
    Set<String> calls = new TreeSet<>();
    api.path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        call -> {
                          if (METHODS.contains(call.getKey()))
                            calls.add(
                                call.getKey().toUpperCase(java.util.Locale.ROOT)
                                    + " "
                                    + path.getKey());
                        }));
    return calls;
  }

  private static Set<String> routed() {
    Vertx vertx = Vertx.vertx();
    try {
      Router router = Router.router(vertx);
      Town.shared().server().api().mount(router);
      Set<String> calls = new TreeSet<>();
      for (Route route : router.getRoutes()) {
        if (route.methods() == null || route.getPath() == null) continue;
        for (HttpMethod method : route.methods())
          calls.add(method + " " + route.getPath().replaceAll(":(\\w+)", "{$1}"));
      }
      return calls;
    } finally {
      vertx.close().await();
    }
  }
}
