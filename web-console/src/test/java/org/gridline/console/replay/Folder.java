package org.gridline.console.replay;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Made-up tickets and mappings. */
public final class Folder {
  static final String HEADER = "id,when,what,where,lon,lat,ward,team\n";

  static final String MAPPING =
      """
      file: tickets.csv.gz
      id: id
      signIn: operator1
      time: {column: when, format: 'MM/dd/yyyy hh:mm:ss a', zone: America/New_York}
      position: {lon: lon, lat: lat, crs: WGS84}
      words: {columns: [what, where]}
      address: {columns: [where]}
      type: {otherwise: help}
      channel: {otherwise: phone}
      truths:
        - layer: street
          column: ward
          city: [{match: '(?:Ward )?0?(\\d)', as: '0$1'}]
      owners:
        - {id: team, name: {zh: 班组, en: Team}, column: team}
      """;

  private Folder() {}

  public static Path gz(Path file, String text) {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Path text(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
