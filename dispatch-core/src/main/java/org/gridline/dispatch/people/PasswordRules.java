package org.gridline.dispatch.people;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;

/**
 * Which passwords may be taken: long enough, not known to everybody, not taken before. Kinds of
 * characters are not asked for, since that makes passwords worse (NIST SP 800-63B, 5.1.1.2).
 */
public final class PasswordRules {
  private static final int MOST = 200;
  private static final int LEAST_DISTINCT = 5;
  private static final int LEAST_OWN = 4;
  private static final List<String> ROWS =
      List.of(
          "01234567890",
          "abcdefghijklmnopqrstuvwxyz",
          "qwertyuiop",
          "asdfghjkl",
          "zxcvbnm",
          "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p");
  private static final Set<String> KNOWN = read();

  private PasswordRules() {}

  /**
   * @param former hashes of the passwords that can't be taken again
   * @throws Failure {@code password_weak} at the field {@code password}
   */
  static void check(String password, String login, SignInPolicy policy, List<String> former) {
    check(password, login, policy);
    if (former.stream().limit(policy.history()).anyMatch(h -> PasswordHash.fits(password, h)))
      throw weak("近期用过,请换一个 · it was used before, take another one");
  }

  /** The same for somebody without earlier passwords. */
  public static void check(String password, String login, SignInPolicy policy) {
    int length = password.codePointCount(0, password.length());
    if (length < policy.leastLength())
      throw weak("至少 %1$d 个字符 · at least %1$d characters".formatted(policy.leastLength()));
    if (length > MOST) throw weak("最多 %1$d 个字符 · at most %1$d characters".formatted(MOST));
    String lower = password.toLowerCase(Locale.ROOT);
    if (lower.chars().distinct().count() < LEAST_DISTINCT)
      throw weak("重复字符过多 · too few different characters");
    if (login.length() >= LEAST_OWN && lower.contains(login.toLowerCase(Locale.ROOT)))
      throw weak("不能含用户名 · it must not hold the user name");
    if (known(lower)) throw weak("过于常见,易被猜到 · everybody guesses this one");
  }

  private static boolean known(String lower) {
    String plain = lower.replaceAll("[^a-z0-9]", "");
    if (KNOWN.contains(plain) || alongRows(plain)) return true;
    // A known word with a year or a few signs around it is as known; part of a long phrase is not.
    String core = lower.replaceAll("^[^a-z]+|[^a-z]+$", "");
    return KNOWN.contains(unmasked(core).replaceAll("[^a-z]", ""))
        || KNOWN.contains(core.replaceAll("[^a-z0-9]", ""));
  }

  /** Keys one after another, there or back, for most of it. */
  private static boolean alongRows(String plain) {
    if (plain.length() < 2) return false;
    int steps = 0;
    for (int i = 1; i < plain.length(); i++) {
      String pair = plain.substring(i - 1, i + 1);
      String back = new StringBuilder(pair).reverse().toString();
      if (pair.charAt(0) == pair.charAt(1)
          || ROWS.stream().anyMatch(row -> row.contains(pair) || row.contains(back))) steps++;
    }
    return steps * 10 >= (plain.length() - 1) * 8;
  }

  private static String unmasked(String lower) {
    return lower
        .replace('0', 'o')
        .replace('1', 'i')
        .replace('3', 'e')
        .replace('4', 'a')
        .replace('5', 's')
        .replace('7', 't')
        .replace('@', 'a')
        .replace('$', 's')
        .replace('!', 'i');
  }

  private static Failure weak(String detail) {
    return Failure.atField(FailureCode.PASSWORD_WEAK, "password", detail);
  }

  private static Set<String> read() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    PasswordRules.class.getResourceAsStream("known-passwords.txt")),
                StandardCharsets.UTF_8))) {
      return in.lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .flatMap(line -> List.of(line.strip().split("\\s+")).stream())
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
