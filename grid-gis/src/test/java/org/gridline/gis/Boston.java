package org.gridline.gis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The requests that Boston published for 2015, as far as the ground needs them. */
public final class Boston {
  private Boston() {}

  public record Request(String id, String lon, String lat) {}

  public static List<Request> requests() throws IOException {
    List<Request> requests = new ArrayList<>();
    try (Reader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Files.newInputStream(TestData.get("boston2015/boston_311_2015.csv.gz"))),
                StandardCharsets.UTF_8))) {
      List<String> header = row(in);
      int lon = header.indexOf("LONGITUDE");
      int lat = header.indexOf("LATITUDE");
      for (List<String> row = row(in); !row.isEmpty(); row = row(in)) {
        requests.add(new Request(row.getFirst(), row.get(lon), row.get(lat)));
      }
    }
    return requests;
  }

  /** One row of RFC 4180; empty at the end. */
  private static List<String> row(Reader in) throws IOException {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    int next;
    while ((next = in.read()) >= 0) {
      if (next == '"') {
        quoted = !quoted;
      } else if (!quoted && (next == ',' || next == '\n')) {
        cells.add(cell.toString());
        cell.setLength(0);
        if (next == '\n') {
          return cells;
        }
      } else if (next != '\r') {
        cell.append((char) next);
      }
    }
    return cells;
  }
}
