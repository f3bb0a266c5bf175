package org.gridline.dispatch.store;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.gridline.dispatch.event.Fact;
import org.gridline.dispatch.route.Ground;

/**
 * Facts and grounds as JSON text: members in alphabetical order, so the same fact is the same text.
 */
final class Facts {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .addMixIn(Ground.class, GroundKinds.class)
          .build();

  private Facts() {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "how")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Ground.ByRule.class, name = "rule"),
    @JsonSubTypes.Type(value = Ground.ByComponent.class, name = "component"),
    @JsonSubTypes.Type(value = Ground.ByPerson.class, name = "person")
  })
  private interface GroundKinds {}

  static String write(Fact fact) {
    return json(fact);
  }

  static String write(Ground ground) {
    try {
      return JSON.writerFor(Ground.class).writeValueAsString(ground);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a ground is always JSON", e);
    }
  }

  static Ground readGround(String json) {
    try {
      return JSON.readValue(json, Ground.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored ground is damaged", e);
    }
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a fact is always JSON", e);
    }
  }
}
