package org.gridline.dispatch.store;

import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.component.Components.Around;
import org.gridline.dispatch.component.Components.Nearby;
import org.gridline.dispatch.component.Components.Page;
import org.gridline.dispatch.component.Components.Search;
import org.gridline.dispatch.people.Scope;
import org.gridline.gis.position.Position;

/**
 * Builds the one query of a search in the register; the text depends only on which parts are given,
 * the values are always bound.
 */
final class ComponentSearch {
  /** Degrees of latitude a metre, with a margin for the ellipsoid. */
  private static final double DEGREES_A_METRE = 1.02 / Position.METRES_A_DEGREE;

  private final Search search;
  private final Bind values = new Bind();
  private final List<String> where = new ArrayList<>();
  private String metres = "0::float8";
  private int bound = 3;

  ComponentSearch(Search search, Scope scope) {
    this.search = search;
    where.add(ComponentRows.scoped(1));
    ComponentRows.bind(values, scope);
    search.typeKind().ifPresent(k -> is("c.class_kind = %s", k));
    if (!search.typePrefix().isEmpty()) is("starts_with(c.class_code, %s)", search.typePrefix());
    search.area().ifPresent(a -> is("c.areas @> ARRAY[%s::text]", a));
    search.state().ifPresent(s -> is("c.state = %s", s.name()));
    search.near().ifPresent(this::near);
    search.after().ifPresent(code -> is("c.code > %s", code.text()));
  }

  private void near(Around around) {
    String point = "ST_SetSRID(ST_MakePoint(%s, %s), 4326)".formatted(next(), next());
    values.add(around.at().lon()).add(around.at().lat());
    where.add("c.position && ST_Expand(%s, %s, %s)".formatted(point, next(), next()));
    box(values, around.at(), around.metres());
    where.add("ST_DWithin(c.position::geography, %s::geography, %s)".formatted(point, next()));
    values.add(around.metres());
    metres = "ST_Distance(c.position::geography, %s::geography)".formatted(point);
  }

  /** Half the width and height in degrees of a box that holds the circle. */
  static Bind box(Bind values, Position at, double metres) {
    double lat = metres * DEGREES_A_METRE;
    double lon = lat / Math.max(0.01, Math.cos(Math.toRadians(at.lat())));
    return values.add(lon).add(lat);
  }

  private void is(String condition, String value) {
    where.add(condition.formatted(next()));
    values.add(value);
  }

  private String next() {
    return "$" + ++bound;
  }

  String sql() {
    return "SELECT "
        + ComponentRows.COLUMNS
        + ", "
        + metres
        + " AS metres FROM component c WHERE "
        + String.join(" AND ", where)
        + (search.near().isPresent() ? " ORDER BY metres, c.code" : " ORDER BY c.code")
        + " LIMIT "
        + (search.limit() + 1);
  }

  Tuple values() {
    return values.tuple();
  }

  /** Cuts the one row that only told whether there is more. */
  Page page(List<Nearby> found) {
    if (found.size() <= search.limit()) return new Page(found, Optional.empty());
    List<Nearby> page = found.subList(0, search.limit());
    return new Page(
        page,
        search.near().isPresent()
            ? Optional.empty()
            : Optional.of(page.getLast().component().code()));
  }
}
