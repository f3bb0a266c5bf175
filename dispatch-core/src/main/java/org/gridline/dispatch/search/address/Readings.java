package org.gridline.dispatch.search.address;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import net.sourceforge.pinyin4j.PinyinHelper;

/**
 * How a character can be read in pinyin, without tones: all readings, since 重, 长 and 行 are read by
 * what they stand in, and whoever types may mean any. Thread-safe.
 */
final class Readings {
  private static final ConcurrentMap<Integer, List<String>> KNOWN = new ConcurrentHashMap<>();

  private Readings() {}

  /** In small letters, the usual one first; empty for what is no Chinese character. */
  static List<String> of(int codePoint) {
    return KNOWN.computeIfAbsent(codePoint, Readings::ask);
  }

  private static List<String> ask(int codePoint) {
    if (!Character.isIdeographic(codePoint) || Character.charCount(codePoint) > 1) return List.of();
    String[] toned = PinyinHelper.toHanyuPinyinStringArray((char) codePoint);
    if (toned == null) return List.of();
    Set<String> readings = new LinkedHashSet<>();
    for (String reading : toned) {
      String plain = reading.replaceAll("[0-9]", "");
      // ü is typed as v by input methods, and as u by everybody else.
      readings.add(plain.replace("u:", "v"));
      readings.add(plain.replace("u:", "u"));
    }
    return Arrays.asList(readings.toArray(String[]::new));
  }
}
