package org.gridline.dispatch.city;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What a pack says about telephone calls, in its optional {@code telephony.yaml}.
 *
 * @param numbersKept how long a caller's number is kept when no ticket came of the call
 * @param agents logins by what the exchange calls an agent, such as an extension
 */
public record CallRules(Duration numbersKept, Map<String, String> agents) {
  private static final int USUAL_DAYS = 30;
  private static final int MOST_DAYS = 3_650;

  public CallRules {
    agents = Map.copyOf(agents);
  }

  /** Without a file: thirty days, and agents are named by their logins. */
  public static CallRules usual() {
    return new CallRules(Duration.ofDays(USUAL_DAYS), Map.of());
  }

  /**
   * @param pack the pack's folder
   * @throws UnusablePack naming file, place and reason
   */
  public static CallRules read(Path pack) {
    Path file = pack.resolve("telephony.yaml");
    if (!Files.exists(file)) return usual();
    Yaml yaml = Yaml.read(file);
    double days = yaml.node().has("numbersKeptDays") ? yaml.number("numbersKeptDays") : USUAL_DAYS;
    // A day at least, since the desk counts the calls of today.
    if (days < 1 || days > MOST_DAYS || days != Math.rint(days)) {
      throw yaml.wrong("numbersKeptDays", "must be a whole number from 1 to " + MOST_DAYS);
    }
    Map<String, String> agents = new HashMap<>();
    if (yaml.node().has("agents")) {
      JsonNode all = yaml.get("agents").node();
      if (!all.isObject()) throw yaml.wrong("agents", "must map extensions to logins");
      all.properties()
          .forEach(
              entry -> {
                if (!entry.getValue().isTextual()) {
                  throw yaml.wrong("agents." + entry.getKey(), "must be a login");
                }
                agents.put(entry.getKey(), entry.getValue().textValue());
              });
    }
    return new CallRules(Duration.ofDays((long) days), agents);
  }
}
