package org.gridline.dispatch.city;

import java.io.IOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.gridline.dispatch.city.City.LayerFile;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.boundary.Boundaries;
import org.gridline.gis.boundary.GeoJsonBoundaries;
import org.gridline.gis.boundary.Layer;

/** The boundary files of a pack, coarse to fine as {@code city.yaml} lists them. */
final class BoundaryFiles {
  private BoundaryFiles() {}

  static Boundaries read(City city) {
    List<Layer> layers = new ArrayList<>();
    List<Area> areas = new ArrayList<>();
    for (LayerFile file : city.layers()) {
      Layer layer = new Layer(file.id(), file.name().zh());
      layers.add(layer);
      areas.addAll(
          GeoJsonBoundaries.read(
              file.file(), layer, file.codeField(), file.nameField(), file.parentField()));
    }
    return new Boundaries(layers, areas);
  }

  /** SHA-256 of all files, shortened: the same files are the same version. */
  static String version(City city) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (LayerFile file : city.layers()) digest.update(Files.readAllBytes(file.file()));
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new UnusablePack("boundaries: " + e.getMessage());
    }
  }
}
