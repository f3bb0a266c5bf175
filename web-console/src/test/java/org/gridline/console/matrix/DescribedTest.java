package org.gridline.console.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nobody adds a call without saying who may make it, and for what. */
class DescribedTest {
  @Test
  void every_call_says_what_it_demands_and_what_it_names() {
    assertThat(Described.complaints(Described.api(), Kinds.ALL)).isEmpty();
    assertThat(Described.operations()).hasSizeGreaterThan(100);
  }

  @Test
  void a_new_call_that_does_not_is_found() throws Exception {
    String forgotten =
        """
        get: {summary: new, parameters: [{name: id, in: path}, {name: unit, in: query}]}
        post:
          x-permission: seeEverything
          x-scope: {id: moon}
          requestBody: {content: {application/json: {schema: {properties: {ticket: {type: integer}}}}}}
        """;
    ObjectNode api = (ObjectNode) Described.api();
    JsonNode added = new YAMLMapper().readTree(forgotten);
    ((ObjectNode) api.path("paths")).set("/api/v1/new-things/{id}", added);
    assertThat(Described.complaints(api, Kinds.ALL))
        .containsExactlyInAnyOrder(
            "GET /api/v1/new-things/{id}: x-permission is missing",
            "POST /api/v1/new-things/{id}: no permission seeEverything",
            "POST /api/v1/new-things/{id}: x-scope id: there are no moons to try",
            "POST /api/v1/new-things/{id}: x-scope of body.ticket is missing",
            "POST /api/v1/new-things/{id}: its body has no example");
    ((ObjectNode) added.path("get")).put("x-permission", "signed-in");
    assertThat(Described.complaints(api, Kinds.ALL))
        .containsAll(
            List.of(
                "GET /api/v1/new-things/{id}: x-scope of {id} is missing",
                "GET /api/v1/new-things/{id}: x-scope of ?unit is missing"));
  }
}
