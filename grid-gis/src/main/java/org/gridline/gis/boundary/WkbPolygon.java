package org.gridline.gis.boundary;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.gridline.gis.boundary.Finding.Code;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;

/**
 * The polygon in a GeoPackage's geometry column: its header, then well-known binary. Read here and
 * not by a library, so that an open ring, a lying count or a nest without end is told as such.
 * Source: OGC 12-128r18, clause 2.1.3; OGC 06-103r4, clause 8.2.
 */
final class WkbPolygon implements FeatureFile.Drawing {
  private static final int POLYGON = 3;
  private static final int MULTIPOLYGON = 6;
  private static final int[] ENVELOPE_BYTES = {0, 32, 48, 48, 64};

  private final ByteBuffer blob;
  private final ShapeMaker shapes;
  private int vertices;

  WkbPolygon(byte[] blob, ShapeMaker shapes) {
    this.blob = ByteBuffer.wrap(blob);
    this.shapes = shapes;
  }

  @Override
  public Geometry polygons() {
    if (blob.limit() == 0) {
      throw new BadShape(Code.NOT_A_POLYGON, "it has no geometry");
    }
    try {
      header();
      return shape();
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new BadShape(Code.NOT_READABLE, "its geometry ends too early");
    }
  }

  private void header() {
    if (blob.get() != 'G' || blob.get() != 'P') {
      throw new BadShape(Code.NOT_READABLE, "its geometry is not that of a GeoPackage");
    }
    blob.get(); // Version.
    int flags = blob.get();
    int envelope = flags >> 1 & 7;
    if (envelope >= ENVELOPE_BYTES.length || (flags & 0x20) != 0) {
      throw new BadShape(Code.NOT_READABLE, "its geometry is of an extended kind");
    }
    blob.position(blob.position() + 4 + ENVELOPE_BYTES[envelope]);
  }

  private Geometry shape() {
    int type = type();
    return switch (type % 1000) {
      case POLYGON -> polygon(type);
      case MULTIPOLYGON -> {
        int count = count(9);
        List<Polygon> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          int part = type();
          if (part % 1000 != POLYGON) {
            throw new BadShape(Code.NOT_A_POLYGON, "a part of the multipolygon is no polygon");
          }
          parts.add(polygon(part));
        }
        yield ShapeMaker.together(parts);
      }
      default ->
          throw new BadShape(Code.NOT_A_POLYGON, "the shape is of type " + type + ", no polygon");
    };
  }

  /** The byte order, then the type: 3 flat, 1003 with Z, 2003 with M, 3003 with both. */
  private int type() {
    blob.order(blob.get() == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    int type = blob.getInt();
    if (type < 0 || type >= 4000) {
      throw new BadShape(
          Code.NOT_A_POLYGON, "the shape is of type " + Integer.toUnsignedString(type));
    }
    return type;
  }

  private Polygon polygon(int type) {
    int more =
        switch (type / 1000) {
          case 1, 2 -> 1;
          case 3 -> 2;
          default -> 0;
        };
    int count = count(4);
    List<LinearRing> rings = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rings.add(ring(more));
    }
    return ShapeMaker.polygon(rings);
  }

  private LinearRing ring(int more) {
    int count = count(16 + 8 * more);
    List<Coordinate> line = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      vertices++;
      line.add(shapes.place(vertices, blob.getDouble(), blob.getDouble()));
      blob.position(blob.position() + 8 * more);
    }
    return ShapeMaker.ring(line);
  }

  /** How many come, of at least so many bytes each: a lie costs nothing. */
  private int count(int bytesEach) {
    int count = blob.getInt();
    if (count < 0 || (long) count * bytesEach > blob.remaining()) {
      throw new BadShape(Code.NOT_READABLE, "its geometry ends too early");
    }
    return count;
  }
}
