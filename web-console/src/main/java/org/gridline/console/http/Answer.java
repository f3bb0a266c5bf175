package org.gridline.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.gridline.console.view.Json;

/** What a route answers. */
public sealed interface Answer {
  /** A whole answer; {@code headers} come beside the ones that every answer has. */
  record Full(int status, String type, byte[] body, Map<String, String> headers) implements Answer {
    public Full {
      headers = Map.copyOf(headers);
    }

    public Full with(String header, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(header, value);
      return new Full(status, type, body, more);
    }
  }

  /** The route writes to the connection itself, for as long as it lives. */
  record Stream() implements Answer {}

  String JSON = "application/json; charset=utf-8";

  static Full json(int status, ObjectNode body) {
    return new Full(status, JSON, Json.bytes(body), Map.of());
  }

  static Full json(ObjectNode body) {
    return json(200, body);
  }

  static Full empty(int status) {
    return new Full(status, "", new byte[0], Map.of());
  }
}
