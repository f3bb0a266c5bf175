package org.gridline.gis.boundary;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.gridline.gis.boundary.Finding.Code;

/** The files of one name that make a shapefile, wherever they lie. */
sealed interface ShapefileParts extends Closeable {
  int MAX_ENTRIES = 10_000;

  /** Opens the part with that extension, in lower case with its dot; empty when there is none. */
  Optional<InputStream> find(String extension) throws IOException;

  /** Files in one folder; capitals make no difference, since they come from systems without. */
  record SideBySide(Path shp) implements ShapefileParts {
    @Override
    public Optional<InputStream> find(String extension) throws IOException {
      String shpName = String.valueOf(shp.getFileName());
      int dot = shpName.lastIndexOf('.');
      String wanted = (dot < 0 ? shpName : shpName.substring(0, dot)) + extension;
      Path folder = Optional.ofNullable(shp.toAbsolutePath().getParent()).orElse(shp);
      Optional<Path> found;
      try (Stream<Path> siblings = Files.list(folder)) {
        found =
            siblings
                .filter(path -> String.valueOf(path.getFileName()).equalsIgnoreCase(wanted))
                .filter(Files::isRegularFile)
                .sorted()
                .findFirst();
      }
      if (found.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          BoundaryBytes.limited(Files.newInputStream(found.get()), Limits.MAX_FILE_BYTES));
    }

    @Override
    public void close() {
      // Each part is closed by who opened it.
    }
  }

  /** Entries of an archive; unpacked as they are read, and never more than allowed. */
  record Zipped(ZipFile archive, String name) implements ShapefileParts {
    static Zipped open(Path file) throws IOException {
      ZipFile archive;
      try {
        // Names in any encoding are told apart all the same.
        archive = new ZipFile(file.toFile(), StandardCharsets.ISO_8859_1);
      } catch (ZipException | EOFException e) {
        throw new BadFile(Code.NOT_READABLE, "damaged zip: " + e.getMessage());
      }
      try {
        return new Zipped(archive, onlyShapefile(archive));
      } catch (IOException e) {
        archive.close();
        throw e;
      }
    }

    private static String onlyShapefile(ZipFile archive) throws BadFile {
      if (archive.size() > MAX_ENTRIES) {
        throw new BadFile(Code.TOO_BIG, "the zip holds more than " + MAX_ENTRIES + " files");
      }
      List<String> found = new ArrayList<>();
      archive.stream()
          .map(ZipEntry::getName)
          .filter(entry -> entry.toLowerCase(Locale.ROOT).endsWith(".shp"))
          .filter(entry -> !entry.startsWith("__MACOSX/"))
          .forEach(found::add);
      if (found.size() != 1) {
        throw new BadFile(
            Code.NOT_READABLE,
            "the zip holds "
                + (found.isEmpty() ? "no" : found.size())
                + " shapefiles (.shp), and exactly one is read");
      }
      return found.getFirst().substring(0, found.getFirst().length() - ".shp".length());
    }

    @Override
    public Optional<InputStream> find(String extension) throws IOException {
      Optional<? extends ZipEntry> entry =
          archive.stream()
              .filter(one -> one.getName().equalsIgnoreCase(name + extension))
              .findFirst();
      if (entry.isEmpty()) {
        return Optional.empty();
      }
      return Optional.ofNullable(archive.getInputStream(entry.get()))
          .map(in -> BoundaryBytes.limited(in, Limits.MAX_FILE_BYTES));
    }

    @Override
    public void close() throws IOException {
      archive.close();
    }
  }
}
