package org.gridline.dispatch.ticket;

import java.util.ArrayList;
import java.util.List;
import org.gridline.dispatch.ticket.Life.Part;

/** Lists of helping units; a unit helps once. */
final class Parts {
  private Parts() {}

  static List<Part> with(List<Part> parts, Part asked) {
    List<Part> more = new ArrayList<>(without(parts, asked.unit()));
    more.add(asked);
    return more;
  }

  static List<Part> without(List<Part> parts, String unit) {
    return parts.stream().filter(p -> !p.unit().equals(unit)).toList();
  }

  static List<Part> at(List<Part> parts, String unit, Part.Step step) {
    return parts.stream().map(p -> p.unit().equals(unit) ? p.at(step) : p).toList();
  }
}
