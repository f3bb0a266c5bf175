package org.gridline.dispatch.city;

import java.io.IOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.gridline.dispatch.city.City.LayerFile;
import org.gridline.gis.boundary.Boundaries;
import org.gridline.gis.boundary.CheckedBoundaries;
import org.gridline.gis.boundary.FileCrs;
import org.gridline.gis.boundary.Layer;
import org.gridline.gis.boundary.LayerSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The boundary files of a pack, coarse to fine as {@code city.yaml} lists them. */
final class BoundaryFiles {
  private static final Logger LOG = LoggerFactory.getLogger(BoundaryFiles.class);

  private BoundaryFiles() {}

  static Boundaries read(City city) {
    CheckedBoundaries checked =
        CheckedBoundaries.read(
            city.layers().stream()
                .map(
                    file ->
                        new LayerSource(
                            file.file(),
                            new Layer(file.id(), file.name().zh()),
                            file.codeField(),
                            file.nameField(),
                            file.parentField(),
                            new FileCrs.Unsaid()))
                .toList());
    checked.findings().forEach(finding -> LOG.warn("boundaries repaired: {}", finding));
    return checked.boundaries();
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
