package org.gridline.gis.boundary;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The {@code crs} member of GeoJSON from before RFC 7946, which many city files still carry: {@code
 * {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2249"}}}.
 */
final class GeoJsonCrs {
  private static final int MOST_NAME = 200;

  private GeoJsonCrs() {}

  /**
   * The name that a file gives its system; empty when it has no such member or that is null. A
   * member of another kind (a link) is answered by its kind, which names no system.
   *
   * @throws IOException when the file can't be read or is no JSON
   */
  static Optional<String> find(Path file, long most) throws IOException {
    try (InputStream in = BoundaryBytes.open(file, most);
        JsonParser json = new JsonFactory().createParser(in)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      for (JsonToken next = json.nextToken();
          next == JsonToken.FIELD_NAME;
          next = json.nextToken()) {
        String member = json.currentName();
        JsonToken value = json.nextToken();
        if (member.equals("crs") && value == JsonToken.START_OBJECT) {
          return Optional.of(name(json));
        }
        json.skipChildren();
      }
      return Optional.empty();
    }
  }

  private static String name(JsonParser json) throws IOException {
    String name = "no system by its name";
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String member = json.currentName();
      JsonToken value = json.nextToken();
      if (member.equals("properties") && value == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          boolean wanted = json.currentName().equals("name");
          if (json.nextToken() == JsonToken.VALUE_STRING && wanted) {
            String text = json.getText();
            name = text.substring(0, Math.min(MOST_NAME, text.length()));
          } else {
            json.skipChildren();
          }
        }
      } else {
        json.skipChildren();
      }
    }
    return name;
  }
}
