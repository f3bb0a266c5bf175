package org.gridline.dispatch.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.gridline.dispatch.people.PersonalCipher;

/**
 * AES-256-GCM with a random 96-bit nonce in front; HMAC-SHA-256 for look-up and SHA-256 for
 * commitments.
 */
final class AesGcmCipher implements PersonalCipher {
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  /** Wrapped keys are bound to no row: they are sealed under the master key alone. */
  private static final long WRAPPED = -1;

  private final SecureRandom random = new SecureRandom();
  private final byte[] wrapping;
  private final byte[] lookup;
  private final byte[] anchoring;
  private final byte[] clustering;

  private AesGcmCipher(byte[] master) {
    wrapping = hmac(master, "gridline wrapping key 1");
    lookup = hmac(master, "gridline phone look-up key 1");
    anchoring = hmac(master, "gridline anchor key 1");
    clustering = hmac(master, "gridline cluster key 1");
  }

  /** Reads the master key of an installation, or makes one the first time. */
  static AesGcmCipher open(Path secrets) {
    Path file = secrets.resolve("master.key");
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(secrets);
        byte[] fresh = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(fresh);
        Path part =
            Files.createTempFile(
                secrets,
                "master",
                ".part",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(part, fresh);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      }
      byte[] master = Files.readAllBytes(file);
      if (master.length != KEY_BYTES)
        throw new IllegalStateException(file.getFileName() + " is damaged");
      return new AesGcmCipher(master);
    } catch (IOException e) {
      throw new IllegalStateException("can't read or make the master key in " + secrets, e);
    }
  }

  @Override
  public byte[] newWrappedKey() {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    return gcm(wrapping, WRAPPED, key);
  }

  @Override
  public byte[] seal(byte[] wrappedKey, long record, byte[] clear) {
    return gcm(open(wrapping, WRAPPED, wrappedKey, "key"), record, clear);
  }

  @Override
  public byte[] open(byte[] wrappedKey, long record, byte[] sealed) {
    return open(open(wrapping, WRAPPED, wrappedKey, "key"), record, sealed, "record " + record);
  }

  @Override
  public byte[] mac(String phone) {
    return hmac(lookup, phone);
  }

  /** What servers that share the master key prove to each other that they know. */
  byte[] clusterSecret() {
    return clustering.clone();
  }

  /** The keyed digest that stands in the anchor file. */
  byte[] anchor(String text) {
    return hmac(anchoring, text);
  }

  @Override
  public byte[] commit(byte[] salt, String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(salt);
      return digest.digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private byte[] gcm(byte[] key, long record, byte[] clear) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, record, nonce).doFinal(clear);
      return ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  private static byte[] open(byte[] key, long record, byte[] sealed, String what) {
    if (sealed.length < NONCE_BYTES)
      throw new IllegalStateException("personal " + what + " is damaged");
    try {
      return cipher(Cipher.DECRYPT_MODE, key, record, Arrays.copyOf(sealed, NONCE_BYTES))
          .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "personal " + what + " can't be opened: changed, moved, or another master key", e);
    }
  }

  private static Cipher cipher(int mode, byte[] key, long record, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(ByteBuffer.allocate(Long.BYTES).putLong(record).array());
    return cipher;
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
    }
  }
}
