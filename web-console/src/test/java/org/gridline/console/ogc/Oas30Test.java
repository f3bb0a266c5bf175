package org.gridline.console.ogc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.gridline.console.Town;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** OGC 17-069r4, conformance class OpenAPI 3.0, by the names of its abstract test suite (A.7). */
class Oas30Test {
  private final Client client = Client.of("chief1");
  private final JsonNode api = client.json("/api");

  private JsonNode get(String path) {
    return api.path("paths").path(path).path("get");
  }

  /** The parameter with its reference followed. */
  private JsonNode resolved(JsonNode node) {
    String ref = node.path("$ref").asText();
    return ref.isEmpty() ? node : api.at(ref.substring(1));
  }

  @Test
  @DisplayName("/conf/oas30/oas-definition-1: the media type")
  void the_definition_is_openapi_3_0() {
    HttpResponse<String> answer = client.get("/api");
    assertThat(Client.header(answer, "Content-Type"))
        .isEqualTo("application/vnd.oai.openapi+json;version=3.0");
    assertThat(
            Client.header(
                client.get("/api", "Accept", "application/vnd.oai.openapi+json;version=3.0"),
                "Content-Type"))
        .isEqualTo("application/vnd.oai.openapi+json;version=3.0");
  }

  @Test
  @DisplayName("/conf/oas30/oas-definition-2: what the OpenAPI Specification 3.0 requires")
  void the_document_is_whole() {
    assertThat(api.path("openapi").asText()).matches("3\\.0\\.\\d+");
    assertThat(api.path("info").path("title").asText()).isNotBlank();
    assertThat(api.path("info").path("version").asText()).isNotBlank();
    Set<String> ids = new TreeSet<>();
    api.path("paths")
        .properties()
        .forEach(
            path -> {
              JsonNode get = path.getValue().path("get");
              assertThat(ids.add(get.path("operationId").asText())).as(path.getKey()).isTrue();
              assertThat(get.path("responses").has("200")).isTrue();
              get.path("responses")
                  .forEach(r -> assertThat(resolved(r).path("description").asText()).isNotBlank());
              List<String> inPath = new ArrayList<>();
              get.path("parameters")
                  .forEach(
                      p -> {
                        JsonNode parameter = resolved(p);
                        assertThat(parameter.path("name").asText()).isNotBlank();
                        assertThat(parameter.has("schema")).isTrue();
                        if (parameter.path("in").asText().equals("path")) {
                          assertThat(parameter.path("required").asBoolean()).isTrue();
                          inPath.add("{" + parameter.path("name").asText() + "}");
                        }
                      });
              assertThat(path.getKey()).startsWith("/");
              assertThat(inPath)
                  .allMatch(path.getKey()::contains)
                  .hasSize(path.getKey().split("\\{", -1).length - 1);
            });
  }

  @Test
  void every_reference_leads_somewhere() {
    List<String> broken =
        api.findValuesAsText("$ref").stream()
            .filter(r -> !r.startsWith("#/") || api.at(r.substring(1)).isMissingNode())
            .toList();
    assertThat(broken).isEmpty();
  }

  @Test
  @DisplayName(
      "/conf/oas30/oas-impl, /conf/oas30/completeness: every resource, its statuses, its forms")
  void what_is_described_answers_as_described() {
    List<String> paths = new ArrayList<>();
    api.path("paths").fieldNames().forEachRemaining(paths::add);
    assertThat(paths).contains("/", "/conformance", "/api", "/collections");
    for (String collection : client.collections())
      assertThat(paths)
          .contains(
              "/collections/" + collection,
              "/collections/" + collection + "/items",
              "/collections/" + collection + "/items/{featureId}");
    for (String path : paths) {
      if (path.contains("{")) continue;
      HttpResponse<String> answer = client.get(path.equals("/") ? "" : path);
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(
              get(path)
                  .path("responses")
                  .path("200")
                  .path("content")
                  .has(Client.header(answer, "Content-Type")))
          .as(path)
          .isTrue();
    }
  }

  @Test
  @DisplayName("/conf/oas30/oas-impl: each declared parameter is taken")
  void every_declared_parameter_is_understood() {
    for (String collection : client.collections()) {
      for (JsonNode p : get("/collections/" + collection + "/items").path("parameters")) {
        JsonNode parameter = resolved(p);
        String name = parameter.path("name").asText();
        String value =
            switch (name) {
              case "limit" -> "1";
              case "bbox" -> "1,2,3,4";
              case "bbox-crs", "crs" -> parameter.path("schema").path("enum").path(1).asText();
              case "datetime" -> "2026-01-01T00:00:00Z";
              case "cursor" -> "1";
              case "state" -> parameter.path("schema").path("enum").path(0).asText();
              default -> "x";
            };
        HttpResponse<String> answer =
            client.get(
                "/collections/" + collection + "/items?" + name + "=" + Client.encoded(value));
        assertThat(answer.statusCode()).as(collection + " " + name).isEqualTo(200);
      }
    }
  }

  @Test
  @DisplayName("/conf/core/fc-limit-definition, -bbox-definition, -time-definition: as declared")
  void the_standard_parameters_are_declared_as_the_standard_wants() {
    JsonNode limit = api.at("/components/parameters/limit");
    assertThat(limit.path("schema").path("type").asText()).isEqualTo("integer");
    assertThat(limit.path("schema").path("minimum").asInt()).isEqualTo(1);
    assertThat(limit.path("schema").path("maximum").asInt()).isEqualTo(2_000);
    assertThat(limit.path("schema").path("default").asInt()).isEqualTo(100);
    JsonNode bbox = api.at("/components/parameters/bbox");
    assertThat(bbox.path("schema").path("items").path("type").asText()).isEqualTo("number");
    assertThat(bbox.path("schema").path("oneOf")).hasSize(2);
    assertThat(api.at("/components/parameters/datetime/schema/type").asText()).isEqualTo("string");
    for (String name : List.of("limit", "bbox", "datetime", "crs", "bbox-crs")) {
      JsonNode parameter = api.at("/components/parameters").path(name);
      assertThat(parameter.path("in").asText()).isEqualTo("query");
      assertThat(parameter.path("required").asBoolean()).isFalse();
      assertThat(parameter.path("style").asText()).isEqualTo("form");
      assertThat(parameter.path("explode").asBoolean(true)).isFalse();
    }
  }

  @Test
  @DisplayName("/conf/oas30/exceptions-codes: each status that comes is declared")
  void errors_are_declared() {
    assertThat(client.get("/collections/street/items?x=1").statusCode()).isEqualTo(400);
    assertThat(get("/collections/street/items").path("responses").has("400")).isTrue();
    assertThat(client.get("/collections/street/items/none").statusCode()).isEqualTo(404);
    assertThat(get("/collections/street/items/{featureId}").path("responses").has("404")).isTrue();
    assertThat(client.get("/collections", "Accept", "image/png").statusCode()).isEqualTo(406);
    assertThat(get("/collections").path("responses").has("406")).isTrue();
    assertThat(client.town().send(client.town().request("/ogc")).statusCode()).isEqualTo(401);
    assertThat(get("/").path("responses").has("401")).isTrue();
  }

  @Test
  @DisplayName("/conf/oas30/security: the ways to sign in are declared, and are those")
  void the_ways_in_are_declared() {
    JsonNode schemes = api.at("/components/securitySchemes");
    assertThat(schemes.fieldNames()).toIterable().containsExactly("basic", "bearer", "cookie");
    assertThat(api.path("security")).hasSize(3);
    Town town = client.town();
    assertThat(Client.header(town.send(town.request("/ogc")), "WWW-Authenticate"))
        .startsWith("Basic realm=");
  }
}
