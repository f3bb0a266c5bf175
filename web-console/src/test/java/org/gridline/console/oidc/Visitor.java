package org.gridline.console.oidc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.gridline.console.Town;

/** A browser that comes by the provider: keeps cookies, and looks before it follows. */
final class Visitor {
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
          .build();
  private final String home;

  Visitor(Town town) {
    this.home = "http://127.0.0.1:" + town.port();
  }

  /** Tells a town of its provider; it is on the same port afterwards. */
  static void setUp(Town town, String issuer) {
    try {
      Files.writeString(
          town.data().resolve("secrets/oidc.properties"),
          "issuer=%s\nclientId=gridline\nclientSecret=%s\npublicUrl=http://127.0.0.1:%d\nname=District\nsecondFactor=amr:otp acr:urn:two\n"
              .formatted(issuer, FakeProvider.SECRET, town.port()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    town.restart();
  }

  static Path folder(String name) {
    return Path.of("target").toAbsolutePath().resolve(name);
  }

  HttpResponse<String> get(String address) {
    return send(HttpRequest.newBuilder(absolute(address)));
  }

  HttpResponse<String> form(String address, String body) {
    return send(
        HttpRequest.newBuilder(absolute(address))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  private URI absolute(String address) {
    return URI.create(address.startsWith("/") ? home + address : address);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElse("");
  }

  /** What stands behind the question mark. */
  static Map<String, String> asked(String address) {
    Map<String, String> values = new HashMap<>();
    for (String pair : address.substring(address.indexOf('?') + 1).split("&")) {
      int at = pair.indexOf('=');
      values.put(
          pair.substring(0, at), URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
    }
    return values;
  }
}
