package org.gridline.bench.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A ticket as a map without the compact form would be told of it. */
final class Feature {
  private Feature() {}

  static String of(JsonNode ticket) {
    ObjectNode feature = JsonNodeFactory.instance.objectNode().put("type", "Feature");
    feature
        .putObject("geometry")
        .put("type", "Point")
        .putArray("coordinates")
        .add(ticket.at("/place/position/lon").asDouble(118.89))
        .add(ticket.at("/place/position/lat").asDouble(32.12));
    feature
        .putObject("properties")
        .put("id", ticket.path("id").asText())
        .put("number", ticket.path("number").asText())
        .put("state", ticket.path("state").asText())
        .put("lamp", ticket.at("/deadlines/0/lamp").asText())
        .put(
            "category",
            ticket.at("/category/kind").asText() + ":" + ticket.at("/category/code").asText())
        .put("unit", ticket.at("/owner/unit").asText())
        .put("updated", ticket.path("updatedAt").asText("2026-01-01T00:00:00+08:00"));
    return feature.toString();
  }
}
