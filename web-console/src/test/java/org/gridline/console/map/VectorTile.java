package org.gridline.console.map;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a Mapbox Vector Tile 2.1 by its specification, strictly. */
record VectorTile(List<Layer> layers) {
  record Layer(String name, int version, int extent, List<Feature> features) {}

  /** {@code type}: 1 point, 2 line, 3 polygon. {@code rings}: corners in units of the tile. */
  record Feature(long id, int type, Map<String, Object> properties, List<List<int[]>> rings) {}

  static VectorTile read(byte[] bytes) {
    List<Layer> layers = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    while (in.hasRemaining()) {
      long key = varint(in);
      if (key != (3 << 3 | 2)) throw new AssertionError("a tile holds layers, found " + key);
      layers.add(layer(part(in)));
    }
    return new VectorTile(layers);
  }

  Layer layer(String name) {
    return layers.stream().filter(l -> l.name().equals(name)).findFirst().orElseThrow();
  }

  private static Layer layer(ByteBuffer in) {
    String name = "";
    int version = 0;
    int extent = 4096;
    List<String> keys = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    List<ByteBuffer> features = new ArrayList<>();
    while (in.hasRemaining()) {
      long key = varint(in);
      switch ((int) (key >> 3)) {
        case 1 -> name = text(part(in));
        case 2 -> features.add(part(in));
        case 3 -> keys.add(text(part(in)));
        case 4 -> values.add(value(part(in)));
        case 5 -> extent = (int) varint(in);
        case 15 -> version = (int) varint(in);
        default -> throw new AssertionError("unknown field of a layer " + (key >> 3));
      }
    }
    return new Layer(
        name, version, extent, features.stream().map(f -> feature(f, keys, values)).toList());
  }

  private static Feature feature(ByteBuffer in, List<String> keys, List<Object> values) {
    long id = 0;
    int type = 0;
    Map<String, Object> properties = new LinkedHashMap<>();
    List<List<int[]>> rings = List.of();
    while (in.hasRemaining()) {
      long key = varint(in);
      switch ((int) (key >> 3)) {
        case 1 -> id = varint(in);
        case 2 -> {
          ByteBuffer tags = part(in);
          while (tags.hasRemaining())
            properties.put(keys.get((int) varint(tags)), values.get((int) varint(tags)));
        }
        case 3 -> type = (int) varint(in);
        case 4 -> rings = rings(part(in));
        default -> throw new AssertionError("unknown field of a feature " + (key >> 3));
      }
    }
    return new Feature(id, type, properties, rings);
  }

  private static List<List<int[]>> rings(ByteBuffer in) {
    List<List<int[]>> rings = new ArrayList<>();
    int x = 0;
    int y = 0;
    while (in.hasRemaining()) {
      long command = varint(in);
      switch ((int) (command & 7)) {
        case 1 -> {
          for (long n = command >> 3; n > 0; n--) {
            rings.add(new ArrayList<>(List.of(new int[] {x += zigzag(in), y += zigzag(in)})));
          }
        }
        case 2 -> {
          for (long n = command >> 3; n > 0; n--)
            rings.getLast().add(new int[] {x += zigzag(in), y += zigzag(in)});
        }
        case 7 -> rings.getLast().add(rings.getLast().getFirst());
        default -> throw new AssertionError("unknown command");
      }
    }
    return rings;
  }

  private static Object value(ByteBuffer in) {
    int field = (int) (varint(in) >> 3);
    return switch (field) {
      case 1 -> text(part(in));
      case 4, 5 -> varint(in);
      case 6 -> (long) zigzag(in);
      default -> throw new AssertionError("a kind of value that is not expected: " + field);
    };
  }

  private static int zigzag(ByteBuffer in) {
    long n = varint(in);
    return (int) (n >>> 1 ^ -(n & 1));
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = new byte[in.remaining()];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static ByteBuffer part(ByteBuffer in) {
    int length = (int) varint(in);
    ByteBuffer part = in.slice(in.position(), length);
    in.position(in.position() + length);
    return part;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = in.get();
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) return value;
    }
  }
}
