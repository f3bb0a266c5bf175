package org.gridline.gis.boundary;

import org.gridline.gis.position.CoordinateSystem;

/** What is known beforehand about the coordinate system of a file. */
public sealed interface FileCrs {
  /** Nothing: degrees in WGS 84, as RFC 7946 asks; other numbers are refused. */
  record Unsaid() implements FileCrs {}

  /** Somebody who knows the file says so; this outranks what the file says. */
  record Said(CoordinateSystem system) implements FileCrs {}
}
