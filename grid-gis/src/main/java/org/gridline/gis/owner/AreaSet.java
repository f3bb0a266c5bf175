package org.gridline.gis.owner;

import java.util.Arrays;

/** A few area numbers, rising. */
final class AreaSet {
  private int[] areas = new int[8];
  private int size;

  AreaSet() {}

  AreaSet(AreaSet other) {
    areas = Arrays.copyOf(other.areas, Math.max(8, other.size));
    size = other.size;
  }

  /** Of numbers that rise. */
  static AreaSet of(int[] rising) {
    AreaSet set = new AreaSet();
    for (int area : rising) set.add(area);
    return set;
  }

  int size() {
    return size;
  }

  int get(int index) {
    return areas[index];
  }

  void clear() {
    size = 0;
  }

  int find(int area) {
    int at = Arrays.binarySearch(areas, 0, size, area);
    return Math.max(at, -1);
  }

  void toggle(int area) {
    int at = Arrays.binarySearch(areas, 0, size, area);
    if (at < 0) insert(~at, area);
    else System.arraycopy(areas, at + 1, areas, at, --size - at);
  }

  void add(int area) {
    int at = Arrays.binarySearch(areas, 0, size, area);
    if (at < 0) insert(~at, area);
  }

  private void insert(int at, int area) {
    if (size == areas.length) areas = Arrays.copyOf(areas, size * 2);
    System.arraycopy(areas, at, areas, at + 1, size++ - at);
    areas[at] = area;
  }

  int[] array() {
    return Arrays.copyOf(areas, size);
  }
}
