package org.gridline.console.ogc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.gridline.console.view.Json;

/** Addresses under /ogc as whoever asks can use them. */
record Links(String root) {
  static final String JSON = "application/json";
  static final String GEOJSON = "application/geo+json";
  static final String OPENAPI = "application/vnd.oai.openapi+json;version=3.0";

  String path(String... parts) {
    StringBuilder path = new StringBuilder(root);
    for (String part : parts) path.append('/').append(encoded(part));
    return path.toString();
  }

  static String query(Map<String, String> parameters) {
    return parameters.isEmpty()
        ? ""
        : parameters.entrySet().stream()
            .map(p -> encoded(p.getKey()) + "=" + encoded(p.getValue()))
            .collect(Collectors.joining("&", "?", ""));
  }

  static ObjectNode link(String href, String rel, String type, String title) {
    return Json.object().put("href", href).put("rel", rel).put("type", type).put("title", title);
  }

  static ArrayNode links(ObjectNode... links) {
    ArrayNode array = Json.array();
    for (ObjectNode link : links) array.add(link);
    return array;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
