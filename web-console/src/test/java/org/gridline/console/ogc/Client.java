package org.gridline.console.ogc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.gridline.console.Town;

/** A program that knows the standard and nothing of this server. */
record Client(Town town, String user) {
  static final String CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

  static Client of(String user) {
    return new Client(Town.shared(), user);
  }

  static String epsg(int code) {
    return "http://www.opengis.net/def/crs/EPSG/0/" + code;
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  HttpResponse<String> get(String path, String... headers) {
    var request = town.as(user, "/ogc" + path);
    for (int i = 0; i < headers.length; i += 2) request.header(headers[i], headers[i + 1]);
    return town.send(request);
  }

  JsonNode json(String path) {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(200);
    return Town.json(answer);
  }

  JsonNode items(String collection, String query) {
    return json("/collections/" + collection + "/items" + query);
  }

  /** Follows an absolute link of this server. */
  HttpResponse<String> follow(String href) {
    String here = "http://127.0.0.1:" + town.port();
    assertThat(href).startsWith(here + "/ogc");
    return town.get(user, href.substring(here.length()));
  }

  List<String> collections() {
    return list(json("/collections").path("collections")).stream()
        .map(c -> c.path("id").asText())
        .toList();
  }

  /** Every page from the first to the last. */
  List<JsonNode> pages(String collection, String query) {
    List<JsonNode> pages = new ArrayList<>();
    pages.add(items(collection, query));
    Optional<String> next = link(pages.getLast(), "next");
    while (next.isPresent()) {
      HttpResponse<String> answer = follow(next.get());
      assertThat(answer.statusCode()).isEqualTo(200);
      pages.add(Town.json(answer));
      assertThat(pages).hasSizeLessThan(1_000);
      next = link(pages.getLast(), "next");
    }
    return pages;
  }

  static List<String> ids(JsonNode page) {
    return list(page.path("features")).stream().map(f -> f.path("id").asText()).toList();
  }

  static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  static Optional<String> link(JsonNode document, String rel) {
    return links(document, rel).stream().findFirst().map(l -> l.path("href").asText());
  }

  static List<JsonNode> links(JsonNode document, String rel) {
    return list(document.path("links")).stream()
        .filter(l -> l.path("rel").asText().equals(rel))
        .toList();
  }

  static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
