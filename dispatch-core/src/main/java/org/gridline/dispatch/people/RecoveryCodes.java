package org.gridline.dispatch.people;

import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Codes that stand in for a lost second factor, each once. Fifty random bits each, so a plain hash
 * keeps them well enough behind the lock-out.
 */
final class RecoveryCodes {
  static final int MANY = 10;
  // Without what is mistaken for something else on paper.
  private static final String ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";
  private static final int HALF = 5;
  private static final SecureRandom RANDOM = new SecureRandom();

  private RecoveryCodes() {}

  static List<String> fresh() {
    return Stream.generate(() -> half() + "-" + half()).limit(MANY).toList();
  }

  private static String half() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < HALF; i++) text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    return text.toString();
  }

  /** How a code is kept: typed with or without its dash, in capitals or not. */
  static byte[] hash(String code) {
    return SignIn.sha256("recovery " + code.toLowerCase(Locale.ROOT).replaceAll("[\\s-]", ""));
  }
}
