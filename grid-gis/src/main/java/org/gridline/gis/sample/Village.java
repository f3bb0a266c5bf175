package org.gridline.gis.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * A line of the official list: a community or village with its street or zone.
 *
 * @param code 12 digits
 * @param name as registered, with 居委会 or 村委会 at its end
 * @param streetCode 9 digits
 * @param streetName for people
 */
record Village(String code, String name, String streetCode, String streetName) {
  Village {
    if (!code.matches("\\d{12}") || !code.startsWith(streetCode) || streetCode.length() != 9) {
      throw new IllegalArgumentException("not a village code of its street: " + code);
    }
  }

  /** All of the file, by code. */
  static List<Village> list(Path csv) throws IOException {
    return Files.readAllLines(csv).stream()
        .skip(1)
        .filter(line -> !line.isBlank())
        .map(line -> line.split(","))
        .map(cell -> new Village(cell[0], cell[1], cell[2], cell[3]))
        .sorted(Comparator.comparing(Village::code))
        .toList();
  }

  /** The place itself, without its committee: 尧化社区, 石埠桥村. */
  String shortName() {
    String place = name.replaceAll("(居民委员会|居委会|委会)$", "");
    return place.replaceAll("村村$", "村");
  }

  /** Zones of the list have one made-up community each, whose number is 498. */
  boolean isWholeZone() {
    return code.endsWith("498");
  }
}
