package org.gridline.console.components;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.gridline.console.csv.Unreadable;
import org.gridline.dispatch.component.FieldMap;
import org.gridline.dispatch.component.FileRow;
import org.gridline.gis.boundary.PointShapefile;
import org.gridline.gis.boundary.UnusableBoundaries;

/** The points of a zipped shapefile, as rows. */
record ShapefilePoints(PointShapefile points, FieldMap fields) implements ComponentFile.Source {
  static ShapefilePoints open(Path zip, FieldMap fields) {
    try {
      return new ShapefilePoints(PointShapefile.open(zip), fields);
    } catch (UnusableBoundaries e) {
      throw unreadable(e);
    }
  }

  @Override
  public Optional<FileRow> find() {
    try {
      return points.next(field -> fields.ours(field).isPresent()).map(this::row);
    } catch (UnusableBoundaries e) {
      throw unreadable(e);
    }
  }

  private FileRow row(PointShapefile.Row row) {
    if (row.place().isEmpty()) return FileRow.unreadable(row.number(), "不是点 · no point");
    Map<String, String> cells = new HashMap<>();
    row.values()
        .forEach((field, value) -> fields.ours(field).ifPresent(c -> cells.putIfAbsent(c, value)));
    double[] place = row.place().get();
    cells.put("lon", Double.toString(place[0]));
    cells.put("lat", Double.toString(place[1]));
    return new FileRow(row.number(), cells, Optional.empty());
  }

  @Override
  public ComponentFile.Written written() {
    try {
      return points
          .system()
          .<ComponentFile.Written>map(ComponentFile.Written.In::new)
          .orElseGet(ComponentFile.Written.Nothing::new);
    } catch (UnusableBoundaries e) {
      return new ComponentFile.Written.Unknown(e.findings().getFirst().reason());
    }
  }

  private static Unreadable unreadable(UnusableBoundaries e) {
    return new Unreadable("文件不能读取 · " + e.findings().getFirst().reason());
  }

  @Override
  public void close() {
    points.close();
  }
}
