package org.gridline.gis.owner;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Numbers the combinations of owners that occur, one owner or none a layer; 0 is nobody. Safe for
 * any number of threads: a {@link Crowd} may meet a new combination long after the building, and
 * only that takes a lock, once for each combination.
 */
final class Owners {
  private static final int NOBODY = -1;

  private record Combination(int[] owners) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Combination(int[] theirs) && Arrays.equals(owners, theirs);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(owners);
    }
  }

  private final int[] layerEnds;
  private final Map<Combination, Integer> numbers = new ConcurrentHashMap<>();
  private volatile int[][] combinations = new int[16][];
  private volatile int size;

  /**
   * @param layerEnds for each layer the number behind its last area
   */
  Owners(int[] layerEnds) {
    this.layerEnds = layerEnds;
    number(new AreaSet());
  }

  /** The ends of the layers behind their number, then all combinations by number. */
  int[] row() {
    int layers = layerEnds.length;
    int many = size;
    int[] row = Arrays.copyOf(new int[] {layers}, 1 + layers + many * layers);
    System.arraycopy(layerEnds, 0, row, 1, layers);
    for (int number = 0; number < many; number++)
      System.arraycopy(combinations[number], 0, row, 1 + layers + number * layers, layers);
    return row;
  }

  static Owners ofRow(int[] row) {
    int layers = row[0];
    Owners owners = new Owners(Arrays.copyOfRange(row, 1, 1 + layers));
    // The first combination is nobody, which is there already.
    for (int at = 1 + 2 * layers; at < row.length; at += layers)
      owners.add(new Combination(Arrays.copyOfRange(row, at, at + layers)));
    return owners;
  }

  /** The number of the combination in which each layer's first covering area owns. */
  int number(AreaSet covering) {
    int[] owners = new int[layerEnds.length];
    int at = 0;
    for (int layer = 0; layer < layerEnds.length; layer++) {
      boolean owned = at < covering.size() && covering.get(at) < layerEnds[layer];
      owners[layer] = owned ? covering.get(at) : NOBODY;
      while (at < covering.size() && covering.get(at) < layerEnds[layer]) at++;
    }
    Combination combination = new Combination(owners);
    Integer known = numbers.get(combination);
    return known == null ? add(combination) : known;
  }

  /** Found under its number before its number is known. */
  private synchronized int add(Combination combination) {
    Integer rival = numbers.get(combination);
    if (rival != null) return rival;
    int number = size;
    // Twice as long each time: one longer each time would cost the square of their number.
    int[][] all =
        number < combinations.length ? combinations : Arrays.copyOf(combinations, number * 2);
    all[number] = combination.owners;
    combinations = all;
    size = number + 1;
    numbers.put(combination, number);
    return number;
  }

  /** The area that owns in a layer, or −1. */
  int get(int combination, int layer) {
    return combinations[combination][layer];
  }

  int size() {
    return size;
  }
}
