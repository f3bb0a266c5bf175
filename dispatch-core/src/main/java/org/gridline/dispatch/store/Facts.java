package org.gridline.dispatch.store;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gridline.dispatch.event.Actor;
import org.gridline.dispatch.event.Fact;
import org.gridline.dispatch.evidence.Enclosed;
import org.gridline.dispatch.route.Ground;

/**
 * Facts and grounds as JSON text: members in alphabetical order, so the same fact is the same text.
 */
final class Facts {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          // An event of before a member was thought of has it empty.
          .defaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY))
          .addMixIn(Ground.class, GroundKinds.class)
          .addMixIn(Fact.class, WithEvidence.class)
          .build();

  private static final Map<String, Class<? extends Fact>> KINDS = kinds();
  private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};

  private Facts() {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "how")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Ground.ByRule.class, name = "rule"),
    @JsonSubTypes.Type(value = Ground.ByComponent.class, name = "component"),
    @JsonSubTypes.Type(value = Ground.ByPerson.class, name = "person")
  })
  private interface GroundKinds {}

  /** What {@link #write(Fact, Enclosed)} and {@link #acting} add is no part of the fact. */
  @JsonIgnoreProperties({"attachments", "attachmentsWaived", "actingFor"})
  private interface WithEvidence {}

  /**
   * A fact with the hashes of the evidence that came with it, so that the chain covers the files. A
   * fact without evidence is written as ever.
   */
  static String write(Fact fact, Enclosed enclosed) {
    if (enclosed.isNothing()) return json(fact);
    Map<String, Object> members = new TreeMap<>(JSON.convertValue(fact, MEMBERS));
    members.put("attachments", enclosed.hashes());
    enclosed.waived().ifPresent(lack -> members.put("attachmentsWaived", lack.id()));
    return json(members);
  }

  /** The same text with whom its actor stood in for, if anybody. */
  static String acting(String fact, Actor actor) {
    if (!(actor instanceof Actor.Person person) || person.actingFor().isEmpty()) return fact;
    String members = fact.substring(0, fact.length() - 1);
    return members
        + (members.length() > 1 ? "," : "")
        + "\"actingFor\":"
        + person.actingFor().get()
        + "}";
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

  /**
   * A fact as it stands in the log.
   *
   * @throws IllegalStateException for a kind that this version does not know, or damaged JSON
   */
  static Fact read(String kind, String json) {
    try {
      return JSON.readValue(
          json,
          Optional.ofNullable(KINDS.get(kind))
              .orElseThrow(() -> new IllegalStateException("no kind of event: " + kind)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored " + kind + " is damaged", e);
    }
  }

  private static Map<String, Class<? extends Fact>> kinds() {
    Map<String, Class<? extends Fact>> kinds = new HashMap<>();
    for (Class<?> kind : Fact.class.getPermittedSubclasses())
      kinds.put(kind.getSimpleName(), kind.asSubclass(Fact.class));
    return Map.copyOf(kinds);
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a fact is always JSON", e);
    }
  }
}
