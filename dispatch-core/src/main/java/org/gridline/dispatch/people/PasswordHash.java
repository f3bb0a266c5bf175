package org.gridline.dispatch.people;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id, the memory-hard hash. 19 MiB and two passes are OWASP's minimum (Password Storage Cheat
 * Sheet); the parameters stand in the text, so they can be raised without a migration.
 */
public final class PasswordHash {
  private static final int MEMORY_KIB = 19_456;
  private static final int PASSES = 2;
  private static final int PUBLISHED_MEMORY_KIB = 64;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private PasswordHash() {}

  /** The text to store: {@code argon2id$memory$passes$salt$hash}. */
  public static String of(String password) {
    return withParameters(password, MEMORY_KIB, PASSES);
  }

  /**
   * The same for a password that everybody may know, as a sample city's are: made at once, and anew
   * as {@link #of} makes it when it is first used.
   */
  public static String ofPublished(String password) {
    return withParameters(password, PUBLISHED_MEMORY_KIB, 1);
  }

  /** Whether a password is the one behind a stored text; takes as long for a wrong one. */
  public static boolean fits(String password, String stored) {
    String[] parts = stored.split("\\$", -1);
    if (parts.length != 5 || !parts[0].equals("argon2id")) return false;
    byte[] salt = Base64.getDecoder().decode(parts[3]);
    byte[] expected = Base64.getDecoder().decode(parts[4]);
    byte[] actual = hash(password, salt, Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    return MessageDigest.isEqual(expected, actual);
  }

  /** Whether a stored text was made with less than what is used today. */
  static boolean outdated(String stored) {
    String[] parts = stored.split("\\$", -1);
    return parts.length == 5
        && (Integer.parseInt(parts[1]) < MEMORY_KIB || Integer.parseInt(parts[2]) < PASSES);
  }

  private static byte[] hash(String password, byte[] salt, int memoryKib, int passes) {
    Argon2Parameters parameters =
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withSalt(salt)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(1)
            .build();
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(parameters);
    byte[] hash = new byte[HASH_BYTES];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }

  /** A hash with other parameters than today's, as an older program left it. */
  static String withParameters(String password, int memoryKib, int passes) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    return text(memoryKib, passes, salt, hash(password, salt, memoryKib, passes));
  }

  private static String text(int memoryKib, int passes, byte[] salt, byte[] hash) {
    Base64.Encoder base64 = Base64.getEncoder();
    return "argon2id$"
        + memoryKib
        + "$"
        + passes
        + "$"
        + base64.encodeToString(salt)
        + "$"
        + base64.encodeToString(hash);
  }
}
