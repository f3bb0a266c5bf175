package org.gridline.console.ogc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.gridline.console.ogc.Collection.Filter;
import org.gridline.console.view.Json;
import org.gridline.gis.position.MapCrs;

/**
 * The OpenAPI 3.0 document of what stands under /ogc (conformance class oas30): each collection
 * with its own parameters, so that a program knows what it may filter by. Everything else of the
 * house is described by /api/openapi.yaml.
 */
record ApiDefinition(List<Collection> collections, List<MapCrs> systems) {
  private static final String PROBLEM = "application/problem+json";

  ObjectNode write(String root) {
    ObjectNode api = Json.object().put("openapi", "3.0.3");
    ObjectNode info = api.putObject("info");
    info.put("title", "Gridline · OGC API – Features");
    info.put(
        "description",
        "边界与工单 · boundaries and tickets. Whoever is signed in sees the boundaries; tickets only within their scope, without personal data.");
    info.put("version", "1.0.0");
    info.putObject("license")
        .put("name", "Apache-2.0")
        .put("url", "https://www.apache.org/licenses/LICENSE-2.0");
    api.putArray("servers").addObject().put("url", root);
    ArrayNode security = api.putArray("security");
    for (String scheme : List.of("basic", "bearer", "cookie"))
      security.addObject().putArray(scheme);
    ArrayNode tags = api.putArray("tags");
    tags.addObject().put("name", "Capabilities");
    tags.addObject().put("name", "Data");
    ObjectNode paths = api.putObject("paths");
    plain(paths, "/", "getLandingPage", "Landing page", "LandingPage", Links.JSON);
    plain(
        paths,
        "/conformance",
        "getConformance",
        "What this server conforms to",
        "Conformance",
        Links.JSON);
    plain(paths, "/api", "getApi", "This document", "Any", Links.OPENAPI);
    plain(paths, "/collections", "getCollections", "All collections", "Collections", Links.JSON);
    collections.forEach(c -> collection(paths, c));
    components(api.putObject("components"));
    return api;
  }

  private static ObjectNode operation(
      ObjectNode paths, String path, String id, String summary, String tag) {
    ObjectNode get = paths.putObject(path).putObject("get");
    get.putArray("tags").add(tag);
    get.put("operationId", id);
    get.put("summary", summary);
    return get;
  }

  private static void plain(
      ObjectNode paths, String path, String id, String summary, String schema, String type) {
    ObjectNode get = operation(paths, path, id, summary, "Capabilities");
    ObjectNode responses = get.putObject("responses");
    content(responses.putObject("200").put("description", summary), type, schema);
    if (type.equals(Links.OPENAPI)) content((ObjectNode) responses.get("200"), Links.JSON, schema);
    errors(responses, List.of("400", "401", "406", "429", "503"));
  }

  private void collection(ObjectNode paths, Collection c) {
    String path = "/collections/" + c.id();
    String name = c.id().replaceAll("[^A-Za-z0-9]", "_");
    ObjectNode about = operation(paths, path, "get_" + name, c.title(), "Capabilities");
    ObjectNode responses = about.putObject("responses");
    content(responses.putObject("200").put("description", c.title()), Links.JSON, "Collection");
    errors(responses, List.of("400", "401", "406", "429", "503"));

    ObjectNode items =
        operation(paths, path + "/items", "get_" + name + "_items", c.title(), "Data");
    ArrayNode parameters = items.putArray("parameters");
    for (String shared : List.of("limit", "bbox", "bbox-crs", "datetime", "crs", "cursor"))
      parameters.addObject().put("$ref", "#/components/parameters/" + shared);
    c.filters().forEach(f -> parameters.add(filter(f)));
    ObjectNode page = items.putObject("responses");
    features(page, c.title(), "FeatureCollection");
    errors(page, List.of("400", "401", "406", "429", "503"));

    ObjectNode item =
        operation(paths, path + "/items/{featureId}", "get_" + name + "_item", c.title(), "Data");
    ArrayNode one = item.putArray("parameters");
    for (String shared : List.of("featureId", "crs"))
      one.addObject().put("$ref", "#/components/parameters/" + shared);
    ObjectNode feature = item.putObject("responses");
    features(feature, c.title(), "Feature");
    errors(feature, List.of("400", "401", "404", "406", "429", "503"));
  }

  private static void features(ObjectNode responses, String title, String schema) {
    ObjectNode good = responses.putObject("200").put("description", title);
    ObjectNode header = good.putObject("headers").putObject("Content-Crs");
    header.put("description", "<URI> of the system of all coordinates in the answer");
    header.putObject("schema").put("type", "string");
    content(good, Links.GEOJSON, schema);
    content(good, Links.JSON, schema);
  }

  private static void content(ObjectNode response, String type, String schema) {
    response
        .withObject("/content")
        .putObject(type)
        .putObject("schema")
        .put("$ref", "#/components/schemas/" + schema);
  }

  private static void errors(ObjectNode responses, List<String> statuses) {
    statuses.forEach(s -> responses.putObject(s).put("$ref", "#/components/responses/Problem"));
    responses.putObject("500").put("$ref", "#/components/responses/Problem");
  }

  private static ObjectNode filter(Filter filter) {
    ObjectNode node = parameter(filter.name(), "query", filter.description());
    ObjectNode schema = node.putObject("schema").put("type", "string");
    schema.put("maxLength", Asked.LONGEST_FILTER);
    if (!filter.values().isEmpty()) schema.set("enum", Json.texts(filter.values()));
    return node;
  }

  private static ObjectNode parameter(String name, String in, String description) {
    ObjectNode node = Json.object().put("name", name).put("in", in).put("description", description);
    node.put("required", in.equals("path"));
    if (in.equals("query")) node.put("style", "form").put("explode", false);
    return node;
  }

  private void components(ObjectNode components) {
    ObjectNode parameters = components.putObject("parameters");
    ObjectNode limit =
        parameter("limit", "query", "条数;更大的值按上限 · how many; more than the most counts as the most");
    limit
        .putObject("schema")
        .put("type", "integer")
        .put("minimum", 1)
        .put("maximum", Asked.MOST_LIMIT)
        .put("default", Asked.USUAL_LIMIT);
    parameters.set("limit", limit);
    ObjectNode bbox =
        parameter("bbox", "query", "范围,四或六个数 · four or six numbers, axes as bbox-crs says");
    ObjectNode box = bbox.putObject("schema").put("type", "array");
    ArrayNode counts = box.putArray("oneOf");
    for (int n : new int[] {4, 6}) counts.addObject().put("minItems", n).put("maxItems", n);
    box.putObject("items").put("type", "number");
    parameters.set("bbox", bbox);
    parameters.set("bbox-crs", system("bbox-crs", "bbox 的坐标系 · system of bbox"));
    parameters.set("crs", system("crs", "答复的坐标系 · system of the answer"));
    ObjectNode when =
        parameter(
            "datetime",
            "query",
            "RFC 3339 时间或 起/止 · a time, or from/to; one side may be open (.. or empty)");
    when.putObject("schema").put("type", "string");
    parameters.set("datetime", when);
    ObjectNode cursor = parameter("cursor", "query", "下一页,取自 next 链接 · from the link next");
    cursor.putObject("schema").put("type", "string").put("maxLength", Asked.LONGEST_FILTER);
    parameters.set("cursor", cursor);
    ObjectNode id = parameter("featureId", "path", "要素标识 · id of a feature");
    id.putObject("schema").put("type", "string");
    parameters.set("featureId", id);

    ObjectNode problem = components.putObject("responses").putObject("Problem");
    problem.put("description", "RFC 9457; `code` is stable");
    content(problem, PROBLEM, "Problem");
    new ApiSchemas(components.putObject("schemas")).write();
    ObjectNode schemes = components.putObject("securitySchemes");
    schemes.putObject("basic").put("type", "http").put("scheme", "basic");
    schemes.putObject("bearer").put("type", "http").put("scheme", "bearer");
    schemes
        .putObject("cookie")
        .put("type", "apiKey")
        .put("in", "cookie")
        .put("name", "gridline_session");
  }

  private ObjectNode system(String name, String description) {
    ObjectNode node = parameter(name, "query", description);
    ObjectNode schema = node.putObject("schema").put("type", "string").put("format", "uri");
    schema.put("default", MapCrs.CRS84.uri());
    schema.set("enum", Json.texts(systems.stream().map(MapCrs::uri).toList()));
    return node;
  }
}
