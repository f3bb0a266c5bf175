package org.gridline.dispatch.store;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.gridline.gis.boundary.Area;
import org.locationtech.jts.io.WKBWriter;

/**
 * Areas in the pieces in which they are written: at most 250 areas and 512 KiB of outlines, or one
 * area alone. One area is never divided; an import takes none of more than {@link
 * org.gridline.gis.boundary.Limits#MAX_AREA_VERTICES}, so no piece is larger than 8 MB. Outlines
 * are made into bytes as they are asked for. Not thread-safe.
 */
final class AreaChunks implements Iterator<AreaChunks.Chunk> {
  static final int MOST_AREAS = 250;
  static final int MOST_BYTES = 512 * 1024;

  private final Iterator<Area> areas;
  private final List<Area> chunk = new ArrayList<>();
  private final List<Buffer> shapes = new ArrayList<>();
  private int bytes;

  /**
   * One piece.
   *
   * @param shapes outlines as WKB, one an area
   */
  record Chunk(List<Area> areas, List<Buffer> shapes) {
    Chunk {
      areas = List.copyOf(areas);
      shapes = List.copyOf(shapes);
    }
  }

  AreaChunks(List<Area> areas) {
    this.areas = areas.iterator();
  }

  @Override
  public boolean hasNext() {
    return areas.hasNext() || !chunk.isEmpty();
  }

  @Override
  public Chunk next() {
    if (!hasNext()) throw new NoSuchElementException();
    while (areas.hasNext()) {
      Area area = areas.next();
      Buffer shape = Buffer.buffer(new WKBWriter().write(area.shape()));
      boolean full =
          chunk.size() == MOST_AREAS || (!chunk.isEmpty() && bytes + shape.length() > MOST_BYTES);
      if (!full) {
        put(area, shape);
        continue;
      }
      Chunk done = taken();
      put(area, shape);
      return done;
    }
    return taken();
  }

  private void put(Area area, Buffer shape) {
    chunk.add(area);
    shapes.add(shape);
    bytes += shape.length();
  }

  private Chunk taken() {
    Chunk done = new Chunk(chunk, shapes);
    chunk.clear();
    shapes.clear();
    bytes = 0;
    return done;
  }
}
