package org.gridline.console.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.gridline.console.view.EventNames;
import org.gridline.console.view.Json;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.deadline.Lamp;
import org.gridline.dispatch.intake.Channel;
import org.gridline.dispatch.intake.ReportType;
import org.gridline.dispatch.intake.Urgency;
import org.gridline.dispatch.route.Unit;
import org.gridline.dispatch.ticket.Flag;
import org.gridline.dispatch.ticket.TicketState;

/**
 * The numbers that stand for codes in the compact form; every connection is told the lists first. 0
 * stands for none, 1 for a code that no list holds, and so each list begins with two blanks.
 */
final class Codes {
  /** Times are seconds since then. */
  static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

  private final Map<String, Integer> units;
  private final Map<String, Integer> categories;
  private final Map<String, Integer> kinds;
  private final Map<String, Integer> states;
  private final Map<String, Integer> lamps;
  private final Map<String, Integer> types;
  private final Map<String, Integer> urgencies;
  private final Map<String, Integer> channels;
  private final List<String> flags = Arrays.stream(Flag.values()).map(Flag::name).toList();
  private final ObjectNode told = Json.object();

  Codes(CityPack pack) {
    told.put("since", Json.time(SINCE, pack.city().timeZone()));
    units = tell("units", pack.policy().units().list().stream().map(Unit::code));
    categories =
        tell("categories", pack.policy().categories().list().stream().map(c -> text(c.key())));
    kinds = tell("kinds", EventNames.all().keySet().stream());
    states = tell("states", Arrays.stream(TicketState.values()).map(TicketState::name));
    lamps = tell("lamps", Arrays.stream(Lamp.values()).map(Lamp::id));
    types = tell("types", Arrays.stream(ReportType.values()).map(ReportType::id));
    urgencies = tell("urgencies", Arrays.stream(Urgency.values()).map(Urgency::id));
    channels = tell("channels", Arrays.stream(Channel.values()).map(Channel::id));
    told.set("flags", Json.texts(flags));
  }

  /** The lists; flags are bits, the first the lowest. */
  ObjectNode told() {
    return told.deepCopy();
  }

  int unit(Optional<String> code) {
    return number(units, code);
  }

  int category(Optional<CategoryKey> key) {
    return number(categories, key.map(Codes::text));
  }

  int kind(String kind) {
    return number(kinds, Optional.of(kind).filter(k -> !k.isEmpty()));
  }

  int state(String name) {
    return number(states, Optional.of(name));
  }

  int lamp(Optional<String> id) {
    return number(lamps, id);
  }

  int type(ReportType type) {
    return number(types, Optional.of(type.id()));
  }

  int urgency(Urgency urgency) {
    return number(urgencies, Optional.of(urgency.id()));
  }

  int channel(Channel channel) {
    return number(channels, Optional.of(channel.id()));
  }

  /** The bit that stands for a flag; none for one that no list holds. */
  long flag(String name) {
    int place = flags.indexOf(name);
    return place < 0 ? 0 : 1L << place;
  }

  private static String text(CategoryKey key) {
    return key.kind() + ":" + key.code();
  }

  private static int number(Map<String, Integer> numbers, Optional<String> code) {
    return code.map(c -> numbers.getOrDefault(c, 1)).orElse(0);
  }

  private Map<String, Integer> tell(String list, Stream<String> codes) {
    List<String> all = codes.distinct().toList();
    Map<String, Integer> numbers = new HashMap<>();
    for (String code : all) numbers.put(code, numbers.size() + 2);
    told.set(list, Json.texts(Stream.concat(Stream.of("", ""), all.stream()).toList()));
    return Map.copyOf(numbers);
  }
}
