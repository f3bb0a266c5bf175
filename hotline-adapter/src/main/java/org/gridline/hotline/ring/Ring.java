package org.gridline.hotline.ring;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.gridline.hotline.call.CallEvent;
import org.gridline.hotline.call.CallSignature;
import org.gridline.hotline.call.TelephonyKeys;

/** {@code ./gridline ring}: rings at an agent's desk as an exchange would. */
public final class Ring {
  public static final String PATH = "/api/v1/telephony/events";

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int OK = 200;

  private final RingOptions options;
  private final byte[] key;
  private final PrintStream out;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  private Ring(RingOptions options, byte[] key, PrintStream out) {
    this.options = options;
    this.key = key;
    this.out = out;
  }

  public static void main(String[] arguments) {
    System.exit(run(arguments, System.getenv(), System.out, System.err));
  }

  /** The exit code: 0 the server took it all, 1 it did not, 2 wrong arguments. */
  public static int run(
      String[] arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
    try {
      RingOptions options = RingOptions.read(arguments, environment);
      Path data = Path.of(Optional.ofNullable(environment.get("GRIDLINE_DATA")).orElse("var"));
      TelephonyKeys keys =
          TelephonyKeys.read(
              data.resolve("secrets"), "there is no telephony.key in " + data.resolve("secrets"));
      return new Ring(options, keys.keys().getFirst(), out).play() ? 0 : 1;
    } catch (RingOptions.Wrong e) {
      err.println("ring: " + e.getMessage());
      return 2;
    } catch (IOException | IllegalStateException e) {
      err.println("ring: " + e.getMessage());
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private boolean play() throws IOException, InterruptedException {
    out.println("call " + options.call());
    for (CallEvent.Kind event : options.events()) {
      boolean afterTalking = event == options.events().getLast() && options.events().size() > 1;
      if (afterTalking) Thread.sleep(options.talk());
      HttpResponse<String> answer = tell(event);
      out.println(event.id() + " " + answer.statusCode() + " " + answer.body());
      if (answer.statusCode() != OK) return false;
    }
    return true;
  }

  private HttpResponse<String> tell(CallEvent.Kind kind) throws IOException, InterruptedException {
    Instant now = Instant.now();
    byte[] body =
        JsonNodeFactory.instance
            .objectNode()
            .put("kind", kind.id())
            .put("call", options.call())
            .put("at", now.truncatedTo(ChronoUnit.MILLIS).toString())
            .put("caller", options.caller())
            .put("called", options.called())
            .put("agent", options.agent())
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    URI target = options.server().resolve(PATH);
    CallSignature signed =
        CallSignature.sign(key, "POST", PATH, now, UUID.randomUUID().toString(), body);
    return client.send(
        HttpRequest.newBuilder(target)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header(CallSignature.EVENT_HEADER, signed.event())
            .header(CallSignature.TIMESTAMP_HEADER, signed.timestamp())
            .header(CallSignature.SIGNATURE_HEADER, signed.signature())
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofString(StandardCharsets.UTF_8));
  }
}
