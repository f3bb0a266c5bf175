package org.gridline.dispatch.city;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.gridline.dispatch.city.City.LayerFile;
import org.gridline.dispatch.ground.LayerNote;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.boundary.Boundaries;
import org.gridline.gis.boundary.BoundaryFile;
import org.gridline.gis.boundary.FileCrs;
import org.gridline.gis.boundary.Finding;
import org.gridline.gis.boundary.Layer;
import org.gridline.gis.boundary.LayerSource;
import org.gridline.gis.boundary.UnusableBoundaries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The boundary files of a pack, coarse to fine as {@code city.yaml} lists them. */
final class BoundaryFiles {
  private static final Logger LOG = LoggerFactory.getLogger(BoundaryFiles.class);

  private BoundaryFiles() {}

  static Boundaries read(List<LayerFile> files) {
    List<Layer> layers = new ArrayList<>();
    List<Area> areas = new ArrayList<>();
    Map<String, String> layerOfCode = new HashMap<>();
    // Side by side: reading polygons is most of the time that a city takes to start.
    List<List<Area>> read = files.parallelStream().map(BoundaryFiles::areas).toList();
    for (int f = 0; f < files.size(); f++) {
      LayerFile file = files.get(f);
      layers.add(new Layer(file.id(), file.name().zh()));
      for (Area area : read.get(f)) {
        String other = layerOfCode.putIfAbsent(area.code(), file.id());
        if (other != null) throw new UnusablePack(clash(file.id(), other, area.code()));
        areas.add(area);
      }
    }
    return new Boundaries(layers, areas);
  }

  /** Duties, scopes and filters name areas by code alone, so a code means one area of the city. */
  private static String clash(String layer, String other, String code) {
    return "layer "
        + layer
        + ": code "
        + code
        + (layer.equals(other)
            ? " comes twice after its codes rule"
            : " is also a code of layer "
                + other
                + "; set them apart with a prefix, such as codes: [{match: '(.*)', as: '"
                + layer
                + "-$1'}]");
  }

  private static List<Area> areas(LayerFile file) {
    try {
      BoundaryFile.Read read =
          BoundaryFile.read(
              new LayerSource(
                  file.file(),
                  new Layer(file.id(), file.name().zh()),
                  file.codeField(),
                  file.nameField(),
                  file.parentField(),
                  file.priorityField(),
                  file.crs()));
      if (!read.findings().isEmpty())
        LOG.warn(
            "layer {}: {} of {} polygons repaired: {}",
            file.id(),
            read.findings().stream().map(Finding::feature).distinct().count(),
            read.areas().size(),
            read.findings());
      return read.areas().stream().map(a -> coded(a, file)).toList();
    } catch (UnusableBoundaries | IllegalArgumentException | UncheckedIOException e) {
      throw new UnusablePack("layer " + file.id() + ": " + e.getMessage());
    }
  }

  /** A name that is only the file's code becomes the city's code too. */
  private static Area coded(Area area, LayerFile file) {
    String code = CodeRule.apply(file.codes(), area.code());
    String name = file.nameField().isEmpty() ? code : area.name();
    // A new area is checked again, corner by corner.
    return code.equals(area.code()) && name.equals(area.name()) ? area : area.called(code, name);
  }

  /** By the layer's rules; an area without a name of its own is called by its code. */
  static Area recoded(Area area, LayerFile file) {
    String code = CodeRule.apply(file.codes(), area.code());
    String name = area.name().equals(area.code()) ? code : area.name();
    return area.called(code, name);
  }

  /** What a version remembers of a layer of the pack. */
  static LayerNote note(LayerFile file, String sha256) {
    return new LayerNote(
        file.id(),
        file.name(),
        file.role(),
        String.valueOf(file.file().getFileName()),
        sha256,
        file.crs() instanceof FileCrs.Said said ? said.system().spelling() : "",
        file.codeField(),
        file.nameField(),
        file.parentField(),
        file.priorityField());
  }

  static LayerNote hashedNote(LayerFile file) {
    try {
      byte[] content = Files.readAllBytes(file.file());
      return note(
          file, HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new UnusablePack("boundaries: " + e.getMessage());
    }
  }

  /** SHA-256 of all files and how they are read, shortened: the same areas are the same version. */
  static String version(List<LayerFile> files) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (LayerFile file : files) {
        digest.update(
            (file.id() + file.codeField() + file.crs() + file.codes())
                .getBytes(StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(file.file()));
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new UnusablePack("boundaries: " + e.getMessage());
    }
  }
}
