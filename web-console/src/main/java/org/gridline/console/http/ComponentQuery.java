package org.gridline.console.http;

import java.util.Optional;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.component.ComponentCode;
import org.gridline.dispatch.component.ComponentState;
import org.gridline.dispatch.component.Components.Around;
import org.gridline.dispatch.component.Components.Search;
import org.gridline.gis.position.Position;

/** Reads a query for components. */
final class ComponentQuery {
  private static final int USUAL_LIMIT = 50;
  private static final int MOST_LIMIT = 500;
  private static final double MOST_METRES = 5_000;

  private ComponentQuery() {}

  static Search read(Call call) {
    Optional<String> type = call.query("class");
    int colon = type.map(c -> c.indexOf(':')).orElse(0);
    if (type.isPresent() && colon < 1) throw wrong("class", "KIND:CODE");
    return new Search(
        type.map(c -> c.substring(0, colon)),
        type.map(c -> c.substring(colon + 1)).orElse(""),
        call.query("area"),
        call.query("state").map(ComponentQuery::state),
        call.query("near").map(ComponentQuery::near),
        call.query("limit").map(ComponentQuery::limit).orElse(USUAL_LIMIT),
        call.query("cursor").map(text -> code("cursor", text)));
  }

  static ComponentState state(String id) {
    return ComponentState.find(id).orElseThrow(() -> wrong("state", "没有此状态 · no such state"));
  }

  static ComponentCode code(String field, String text) {
    try {
      return new ComponentCode(text);
    } catch (IllegalArgumentException e) {
      throw wrong(field, String.valueOf(e.getMessage()));
    }
  }

  private static Around near(String text) {
    String[] parts = text.split(",", -1);
    try {
      if (parts.length == 3) {
        Position at = new Position(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
        double metres = Double.parseDouble(parts[2]);
        if (metres > 0 && metres <= MOST_METRES) return new Around(at, metres);
      }
    } catch (IllegalArgumentException e) {
      throw wrong("near", "lon,lat,metres");
    }
    throw wrong("near", "lon,lat,metres; metres ≤ " + (int) MOST_METRES);
  }

  private static int limit(String text) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MOST_LIMIT) return limit;
    } catch (NumberFormatException e) {
      throw wrong("limit", "1 – " + MOST_LIMIT);
    }
    throw wrong("limit", "1 – " + MOST_LIMIT);
  }

  static Failure wrong(String field, String detail) {
    return Failure.atField(FailureCode.INVALID_REQUEST, field, detail);
  }
}
