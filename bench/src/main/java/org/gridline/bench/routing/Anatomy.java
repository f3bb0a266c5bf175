package org.gridline.bench.routing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import org.gridline.gis.owner.OwnerGrid;

/**
 * Where the time of a look-up goes: the positions that one read answers, those beside an edge, and
 * what any exact index must pay at least, which is a read to see that there is an edge and one more
 * to see which.
 */
final class Anatomy {
  private static final int LAPS = 15;

  private Anatomy() {}

  static void measure(
      OwnerGrid grid, Points all, Peer table, double warm, PrintStream out, ObjectNode line) {
    Points clear = new Points(all.count());
    Points beside = new Points(all.count());
    int clears = 0;
    int besides = 0;
    for (int i = 0; i < all.count(); i++) {
      double lon = all.lons()[i];
      double lat = all.lats()[i];
      if (grid.besideEdge(lon, lat)) {
        beside.set(besides++, lon, lat);
      } else {
        clear.set(clears++, lon, lat);
      }
    }
    double share = (double) besides / all.count();
    ObjectNode figures = line.putObject("anatomy").put("share_beside_edge", share);
    double read = nanos(table, all, warm);
    figures.put("table_read_ns", read);
    out.printf(Locale.ROOT, "  where it goes: %.1f %% of points beside an edge;", share * 100);
    for (Peer peer : new Peer[] {new Peers.Bulk(grid, all.count()), new Peers.Single(grid)}) {
      double ofClear = nanos(peer, clear.part(0, clears), warm);
      double ofBeside = besides == 0 ? 0 : nanos(peer, beside.part(0, besides), warm);
      String key = peer instanceof Peers.Bulk ? "bulk" : "single";
      figures.put(key + "_clear_ns", ofClear).put(key + "_beside_ns", ofBeside);
      out.printf(
          Locale.ROOT, " %s: %.1f ns clear of edges, %.1f ns beside;", key, ofClear, ofBeside);
    }
    // Half a table read is kept while read + share × beside ≤ 2 × read.
    double most = share == 0 ? Double.POSITIVE_INFINITY : read / share;
    out.printf(
        Locale.ROOT, " a table read %.1f ns, so 0.5 wants at most %.0f ns beside%n", read, most);
  }

  private static double nanos(Peer peer, Points points, double warm) {
    Stopwatch.warm(peer, points, warm / 4);
    double[] laps = new double[LAPS];
    for (int i = 0; i < LAPS; i++) laps[i] = Stopwatch.time(peer, points).wall();
    Arrays.sort(laps);
    return laps[LAPS / 2];
  }
}
