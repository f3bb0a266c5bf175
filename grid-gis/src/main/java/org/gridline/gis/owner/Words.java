package org.gridline.gis.owner;

import java.util.Arrays;

/** A growing row of whole numbers. */
final class Words {
  private int[] words = new int[1024];
  private int size;

  int size() {
    return size;
  }

  void add(int word) {
    if (size == words.length) words = Arrays.copyOf(words, size * 2);
    words[size++] = word;
  }

  void set(int at, int word) {
    words[at] = word;
  }

  int[] array() {
    return Arrays.copyOf(words, size);
  }

  /** A number of 64 bits, in two. */
  void addWide(long number) {
    add((int) (number >> 32));
    add((int) number);
  }

  static long wide(int upper, int lower) {
    return ((long) upper << 32) | (lower & 0xffffffffL);
  }

  void addRow(int[] row) {
    add(row.length);
    for (int word : row) add(word);
  }
}
