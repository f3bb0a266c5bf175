package org.gridline.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.gridline.hotline.call.CallSignature;
import org.gridline.hotline.call.TelephonyKeys;

/** A telephone exchange that knows a server's key. */
public final class Exchange {
  private static final String PATH = "/api/v1/telephony/events";

  private final URI door;
  private final byte[] key;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * @param data the server's data folder
   */
  public Exchange(String url, Path data) {
    this.door = URI.create(url + PATH);
    this.key = TelephonyKeys.open(data.resolve("secrets")).keys().getFirst();
  }

  public static Exchange of(Town town) {
    return new Exchange("http://127.0.0.1:" + town.port(), town.data());
  }

  /**
   * Tells of a call by an event of its own; an empty caller is withheld, an empty agent left out.
   */
  public HttpResponse<String> tells(String kind, String call, String caller, String agent) {
    return sends(UUID.randomUUID().toString(), body(kind, call, Instant.now(), caller, agent));
  }

  public static String body(String kind, String call, Instant at, String caller, String agent) {
    return "{\"kind\":\"%s\",\"call\":\"%s\",\"at\":\"%s\",\"caller\":\"%s\",\"called\":\"12345\"%s}"
        .formatted(kind, call, at, caller, agent.isEmpty() ? "" : ",\"agent\":\"" + agent + "\"");
  }

  /** Signed now, as an exchange does each time it sends. */
  public HttpResponse<String> sends(String event, String body) {
    return sends(body, signs(event, body, Instant.now()));
  }

  public CallSignature signs(String event, String body, Instant at) {
    return CallSignature.sign(key, "POST", PATH, at, event, body.getBytes(StandardCharsets.UTF_8));
  }

  /** Exactly these headers, whatever they are worth. */
  public HttpResponse<String> sends(String body, CallSignature signature) {
    HttpRequest request =
        HttpRequest.newBuilder(door)
            .header(CallSignature.EVENT_HEADER, signature.event())
            .header(CallSignature.TIMESTAMP_HEADER, signature.timestamp())
            .header(CallSignature.SIGNATURE_HEADER, signature.signature())
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
