package org.gridline.gis.sample;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.geotools.api.referencing.FactoryException;
import org.geotools.api.referencing.crs.CoordinateReferenceSystem;
import org.geotools.api.referencing.operation.MathTransform;
import org.geotools.api.referencing.operation.TransformException;
import org.geotools.geometry.jts.JTS;
import org.geotools.referencing.CRS;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.util.GeometryEditor;

/**
 * Degrees to metres and back: CGCS2000 Gauss-Krüger with central meridian 120° E (EPSG:4549), the
 * zone of Nanjing. East first in metres, longitude first in degrees.
 */
final class Metres {
  private static final double DEGREE_STEPS = 1e7;

  private final CoordinateReferenceSystem plane;
  private final MathTransform toPlane;
  private final MathTransform toDegrees;

  Metres() {
    try {
      // EPSG gives northing first for 4549 and latitude first for 4490; true turns both round.
      plane = CRS.decode("EPSG:4549", true);
      toPlane = CRS.findMathTransform(CRS.decode("EPSG:4490", true), plane);
      toDegrees = toPlane.inverse();
    } catch (FactoryException | TransformException e) {
      throw new IllegalStateException("the EPSG database lacks 4549 or 4490", e);
    }
  }

  CoordinateReferenceSystem plane() {
    return plane;
  }

  /** To the millimetre, so that the last digit of a processor's sine changes nothing. */
  Coordinate toPlane(double lon, double lat) {
    Coordinate metres = transform(new Coordinate(lon, lat), toPlane);
    return new Coordinate(Math.rint(metres.x * 1000) / 1000, Math.rint(metres.y * 1000) / 1000);
  }

  Coordinate toDegrees(Coordinate metres) {
    return transform(metres, toDegrees);
  }

  double areaSquareMetres(Geometry degrees) {
    try {
      return JTS.transform(degrees, toPlane).getArea();
    } catch (TransformException e) {
      throw new IllegalStateException("a sample polygon can't be projected", e);
    }
  }

  /** Corner by corner, to the millimetre. */
  Geometry toPlane(Geometry degrees) {
    return turned(degrees, at -> toPlane(at.x, at.y));
  }

  /** Corner by corner, to seven digits, as the files have them; shells counter-clockwise. */
  Geometry toDegrees(Geometry plane) {
    Geometry shape =
        turned(
            plane,
            at -> {
              Coordinate degrees = toDegrees(at);
              return new Coordinate(
                  Math.rint(degrees.x * DEGREE_STEPS) / DEGREE_STEPS,
                  Math.rint(degrees.y * DEGREE_STEPS) / DEGREE_STEPS);
            });
    shape.normalize();
    return shape.reverse();
  }

  private static Geometry turned(Geometry from, UnaryOperator<Coordinate> by) {
    return new GeometryEditor()
        .edit(
            from,
            new GeometryEditor.CoordinateOperation() {
              @Override
              public Coordinate[] edit(Coordinate[] corners, Geometry part) {
                return Arrays.stream(corners).map(by).toArray(Coordinate[]::new);
              }
            });
  }

  private static Coordinate transform(Coordinate from, MathTransform by) {
    try {
      return JTS.transform(from, new Coordinate(), by);
    } catch (TransformException e) {
      throw new IllegalStateException("a sample point can't be projected: " + from, e);
    }
  }
}
