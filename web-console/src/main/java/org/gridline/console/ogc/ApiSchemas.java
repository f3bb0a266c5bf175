package org.gridline.console.ogc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.gridline.console.view.Json;

/** The schemas of the OpenAPI document, as the standard's own: what must be there, and its type. */
record ApiSchemas(ObjectNode schemas) {
  void write() {
    object("Any", List.of());
    ObjectNode link = object("Link", List.of("href", "rel", "type"));
    for (String text : List.of("href", "rel", "type", "title")) text(link, text);
    ObjectNode landing = object("LandingPage", List.of("links"));
    text(landing, "title");
    text(landing, "description");
    list(landing, "links", "Link");
    ObjectNode conformance = object("Conformance", List.of("conformsTo"));
    member(conformance, "conformsTo").put("type", "array").putObject("items").put("type", "string");
    ObjectNode collection = object("Collection", List.of("id", "links"));
    for (String text : List.of("id", "title", "description", "itemType", "storageCrs"))
      text(collection, text);
    member(collection, "crs").put("type", "array").putObject("items").put("type", "string");
    member(collection, "extent").put("type", "object");
    list(collection, "links", "Link");
    ObjectNode all = object("Collections", List.of("links", "collections"));
    member(all, "crs").put("type", "array").putObject("items").put("type", "string");
    list(all, "links", "Link");
    list(all, "collections", "Collection");
    ObjectNode feature = object("Feature", List.of("type", "geometry", "properties"));
    kind(feature, "Feature");
    text(feature, "id");
    member(feature, "properties").put("type", "object").put("nullable", true);
    member(feature, "geometry").put("type", "object").put("nullable", true);
    list(feature, "links", "Link");
    ObjectNode page = object("FeatureCollection", List.of("type", "features"));
    kind(page, "FeatureCollection");
    list(page, "features", "Feature");
    list(page, "links", "Link");
    member(page, "timeStamp").put("type", "string").put("format", "date-time");
    for (String number : List.of("numberMatched", "numberReturned"))
      member(page, number).put("type", "integer").put("minimum", 0);
    ObjectNode problem = object("Problem", List.of("type", "title", "status", "code"));
    for (String text : List.of("type", "title", "code", "detail", "field", "requestId"))
      text(problem, text);
    member(problem, "status").put("type", "integer");
  }

  private ObjectNode object(String name, List<String> required) {
    ObjectNode schema = schemas.putObject(name).put("type", "object");
    if (!required.isEmpty()) schema.set("required", Json.texts(required));
    return schema;
  }

  private static ObjectNode member(ObjectNode schema, String name) {
    return schema.withObject("/properties").putObject(name);
  }

  private static void text(ObjectNode schema, String name) {
    member(schema, name).put("type", "string");
  }

  private static void kind(ObjectNode schema, String only) {
    member(schema, "type").put("type", "string").putArray("enum").add(only);
  }

  private static void list(ObjectNode schema, String name, String of) {
    member(schema, name)
        .put("type", "array")
        .putObject("items")
        .put("$ref", "#/components/schemas/" + of);
  }
}
