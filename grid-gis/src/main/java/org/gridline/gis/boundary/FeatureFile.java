package org.gridline.gis.boundary;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.function.Predicate;
import org.locationtech.jts.geom.Geometry;

/** A file of features in one of the formats; read as a stream, one feature in memory at a time. */
interface FeatureFile extends Closeable {
  /** A shape that is made when asked for. */
  interface Drawing {
    /**
     * Polygon or multipolygon in degrees, as it was drawn: maybe not valid.
     *
     * @throws BadShape with the reason, when it is not a polygon of finite positions
     */
    Geometry polygons();
  }

  /** Where the features go, in the file's order. */
  interface Sink {
    /**
     * @param properties the wanted ones that it has, as text
     * @return false when reading on is pointless
     */
    boolean take(Map<String, String> properties, Drawing drawing) throws BadFile;

    /** Something in the place of a feature that is none; counts as one. */
    boolean takeNothing(String reason) throws BadFile;
  }

  /** Which values are kept, by the names of their properties. */
  interface Wanted extends Predicate<String> {}

  /**
   * What the file itself says about its coordinate system.
   *
   * @throws BadFile when it names one that is not known, or its format has no system by default
   */
  FileCrs crs() throws IOException;

  /**
   * Reads all features.
   *
   * @throws BadFile when the file is damaged or too big
   */
  void read(Wanted wanted, ShapeMaker shapes, Sink sink) throws IOException;
}
