package org.gridline.dispatch.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One row of a binary COPY, read where it lies: nothing is decoded before it is asked for. Columns
 * count from 0. Format: PostgreSQL manual, COPY, "Binary Format".
 */
final class CopyRow {
  /** Microseconds from 1970 to 2000, where PostgreSQL's times begin. */
  private static final long EPOCH_MICROS = 946_684_800_000_000L;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private final int[] from;
  private final int[] length;
  private List<Read> read = List.of();

  /** A column that was read as JSON. */
  private record Read(int column, JsonNode json) {}

  private CopyRow(byte[] bytes, int[] from, int[] length) {
    this.bytes = bytes;
    this.from = from;
    this.length = length;
  }

  /**
   * @param at where the number of columns stands
   * @throws IllegalStateException when there are not that many
   */
  static CopyRow read(byte[] bytes, int at, int columns) {
    if ((short) SHORT.get(bytes, at) != columns)
      throw new IllegalStateException("a row of another shape");
    int[] from = new int[columns];
    int[] length = new int[columns];
    int next = at + 2;
    for (int i = 0; i < columns; i++) {
      length[i] = (int) INT.get(bytes, next);
      from[i] = next + 4;
      next += 4 + Math.max(length[i], 0);
    }
    return new CopyRow(bytes, from, length);
  }

  /** Everything that came with this row. */
  byte[] raw() {
    return bytes;
  }

  int from(int column) {
    return from[column];
  }

  /** 0 for a missing value. */
  int length(int column) {
    return Math.max(length[column], 0);
  }

  boolean missing(int column) {
    return length[column] < 0;
  }

  /** An integer of any size; 0 when missing. */
  long number(int column) {
    int at = from[column];
    return switch (length[column]) {
      case 8 -> (long) LONG.get(bytes, at);
      case 4 -> (int) INT.get(bytes, at);
      case 2 -> (short) SHORT.get(bytes, at);
      case 1 -> bytes[at];
      default -> 0;
    };
  }

  /** A time, in microseconds since 1970. */
  long micros(int column) {
    return number(column) + EPOCH_MICROS;
  }

  /** Empty when missing. */
  String text(int column) {
    return missing(column)
        ? ""
        : new String(bytes, from[column], length[column], StandardCharsets.UTF_8);
  }

  /** Whether the text is this one, without making it; a missing one is empty. */
  boolean says(int column, String text) {
    int size = length(column);
    if (text.length() > size) return false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) return text(column).equals(text);
      if (bytes[from[column] + i] != c) return false;
    }
    return text.length() == size;
  }

  /** A text as JSON, read once; what can't be read says nothing. */
  JsonNode json(int column) {
    for (Read before : read) {
      if (before.column() == column) return before.json();
    }
    if (read.isEmpty()) read = new ArrayList<>(2);
    JsonNode json = parsed(column);
    read.add(new Read(column, json));
    return json;
  }

  private JsonNode parsed(int column) {
    try {
      return JSON.readTree(bytes, from[column], length(column));
    } catch (IOException damaged) {
      return MissingNode.getInstance();
    }
  }

  /** A copy, empty when missing. */
  byte[] bytes(int column) {
    return Arrays.copyOfRange(bytes, from[column], from[column] + length(column));
  }

  boolean same(int column, byte[] other) {
    return Arrays.equals(
        bytes, from[column], from[column] + length(column), other, 0, other.length);
  }

  /** An array of integers; empty when missing. */
  long[] numbers(int column) {
    ByteBuffer in = elements(column);
    long[] all = new long[in.hasRemaining() ? in.getInt() : 0];
    if (all.length > 0) in.getInt();
    for (int i = 0; i < all.length; i++) all[i] = in.getInt() == 8 ? in.getLong() : in.getInt();
    return all;
  }

  /** An array of texts; empty when missing. */
  List<String> texts(int column) {
    ByteBuffer in = elements(column);
    int count = in.hasRemaining() ? in.getInt() : 0;
    if (count > 0) in.getInt();
    List<String> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int size = in.getInt();
      all.add(new String(bytes, in.position(), size, StandardCharsets.UTF_8));
      in.position(in.position() + size);
    }
    return all;
  }

  /** Stands before an array's length and lower bound; nothing remains when it has no elements. */
  private ByteBuffer elements(int column) {
    ByteBuffer in = ByteBuffer.wrap(bytes, from[column], length(column));
    if (missing(column)) return in;
    int dimensions = in.getInt();
    boolean gaps = in.getInt() != 0;
    in.getInt();
    if (dimensions > 1 || gaps) throw new IllegalStateException("an array of another shape");
    return in;
  }
}
