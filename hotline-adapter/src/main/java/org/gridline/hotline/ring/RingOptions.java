package org.gridline.hotline.ring;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.gridline.hotline.call.CallEvent;

/**
 * The command line of {@link Ring}.
 *
 * @param events what the exchange tells, in this order
 * @param talk how long it waits before the last of them
 */
record RingOptions(
    String caller,
    String agent,
    String called,
    String call,
    List<CallEvent.Kind> events,
    Duration talk,
    URI server) {
  private static final int MOST_TALK_SECONDS = 86_400;

  /** A command line that can't be followed; the message says why. */
  static final class Wrong extends RuntimeException {
    Wrong(String message) {
      super(message);
    }
  }

  static RingOptions read(String[] arguments, Map<String, String> environment) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < arguments.length; i++) {
      String[] parts = arguments[i].split("=", 2);
      String name = parts[0];
      if (!List.of("--caller", "--agent", "--called", "--call", "--event", "--talk", "--url")
          .contains(name)) {
        throw new Wrong("unknown option " + name);
      }
      if (parts.length == 1 && ++i >= arguments.length) throw new Wrong(name + " wants a value");
      values.put(name, parts.length == 2 ? parts[1] : arguments[i]);
    }
    Optional<String> event = Optional.ofNullable(values.get("--event"));
    Optional<Duration> talk = Optional.ofNullable(values.get("--talk")).map(RingOptions::seconds);
    if (event.isPresent() && talk.isPresent()) {
      throw new Wrong("--talk plays a whole call, --event one moment of it; give one of them");
    }
    return new RingOptions(
        needed(values, "--caller"),
        needed(values, "--agent"),
        Optional.ofNullable(values.get("--called")).orElse("12345"),
        Optional.ofNullable(values.get("--call")).orElseGet(() -> "ring-" + UUID.randomUUID()),
        event
            .map(RingOptions::kind)
            .map(List::of)
            .orElse(
                talk.isPresent()
                    ? List.of(CallEvent.Kind.RINGING, CallEvent.Kind.ANSWERED, CallEvent.Kind.ENDED)
                    : List.of(CallEvent.Kind.RINGING)),
        talk.orElse(Duration.ZERO),
        server(
            Optional.ofNullable(values.get("--url"))
                .or(() -> Optional.ofNullable(environment.get("GRIDLINE_URL")))
                .orElse("")));
  }

  private static String needed(Map<String, String> values, String name) {
    return Optional.ofNullable(values.get(name)).orElseThrow(() -> new Wrong(name + " is missing"));
  }

  private static CallEvent.Kind kind(String id) {
    return CallEvent.Kind.find(id).orElseThrow(() -> new Wrong("there is no event " + id));
  }

  private static Duration seconds(String text) {
    try {
      int seconds = Integer.parseInt(text);
      if (seconds >= 0 && seconds <= MOST_TALK_SECONDS) return Duration.ofSeconds(seconds);
    } catch (NumberFormatException e) {
      throw new Wrong("--talk " + text + " is no number of seconds");
    }
    throw new Wrong("--talk " + text + " is no number of seconds");
  }

  private static URI server(String text) {
    if (text.isBlank()) {
      throw new Wrong("no server runs for this data folder; start it or give --url");
    }
    try {
      URI uri = URI.create(text);
      if (List.of("http", "https").contains(String.valueOf(uri.getScheme()))
          && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new Wrong("--url " + text + " is no address");
    }
    throw new Wrong("--url " + text + " is no address");
  }

  /** Holds a telephone number. */
  @Override
  public String toString() {
    return "RingOptions";
  }
}
