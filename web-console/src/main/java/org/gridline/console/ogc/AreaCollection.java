package org.gridline.console.ogc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.gridline.console.map.LayerSheet;
import org.gridline.console.view.Json;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.people.User;
import org.gridline.gis.boundary.Area;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;

/** The areas of a layer, by code, from memory; for anyone signed in. */
record AreaCollection(LayerSheet sheet, Names name, String note) implements Collection {
  @Override
  public String id() {
    return sheet.layer().id();
  }

  @Override
  public String title() {
    return name.zh() + " · " + name.en();
  }

  @Override
  public String description() {
    return "边界 · boundaries, " + sheet.version() + (note.isEmpty() ? "" : "; " + note);
  }

  @Override
  public double[] bounds() {
    return sheet.bounds();
  }

  @Override
  public Temporal temporal() {
    return Temporal.TIMELESS;
  }

  @Override
  public List<Filter> filters() {
    return List.of(
        new Filter("code", "代码 · code", List.of()),
        new Filter("name", "名称 · name", List.of()),
        new Filter("parent", "上级代码 · code of the area above", List.of()));
  }

  /** Areas have no time, so every {@code datetime} fits them (/req/core/fc-time-response C). */
  @Override
  public Feature.Page list(Wish wish, User asker) {
    List<Area> page = new ArrayList<>();
    Optional<PreparedGeometry> box = wish.within().map(PreparedGeometryFactory::prepare);
    long matched = 0;
    boolean more = false;
    for (Area area : sheet.areas()) {
      if (!fits(area, wish) || !meets(area, box)) continue;
      matched++;
      if (wish.cursor().filter(c -> area.code().compareTo(c) <= 0).isPresent()) continue;
      if (page.size() < wish.limit()) page.add(area);
      else more = true;
    }
    return new Feature.Page(
        page.stream().map(AreaCollection::feature).toList(),
        OptionalLong.of(matched),
        more ? Optional.of(page.getLast().code()) : Optional.empty());
  }

  @Override
  public Optional<Feature> find(String id, User asker) {
    return sheet.areas().stream()
        .filter(a -> a.code().equals(id))
        .findFirst()
        .map(AreaCollection::feature);
  }

  private static boolean fits(Area area, Wish wish) {
    return wish.filter("code").filter(c -> !c.equals(area.code())).isEmpty()
        && wish.filter("name").filter(n -> !n.equals(area.name())).isEmpty()
        && wish.filter("parent").filter(p -> !area.parent().equals(Optional.of(p))).isEmpty();
  }

  private static boolean meets(Area area, Optional<PreparedGeometry> box) {
    if (box.isEmpty()) return true;
    Geometry shape = area.shape();
    return box.get().getGeometry().getEnvelopeInternal().intersects(shape.getEnvelopeInternal())
        && box.get().intersects(shape);
  }

  private static Feature feature(Area area) {
    ObjectNode properties = Json.object().put("code", area.code()).put("name", area.name());
    area.parent()
        .ifPresentOrElse(p -> properties.put("parent", p), () -> properties.putNull("parent"));
    return new Feature(area.code(), Optional.of(area.shape()), properties);
  }
}
