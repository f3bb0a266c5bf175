package org.gridline.dispatch.people;

/**
 * The one door to the cryptography of personal data: a key per person, so that a person can be
 * forgotten while proof stays. Implementations are thread-safe and hold their master key outside
 * the database. AES-GCM fills it now; SM4 and SM3 fit the same shape.
 */
public interface PersonalCipher {
  /** A new person's key, wrapped so that it can stand in the database. */
  byte[] newWrappedKey();

  /**
   * Seals a record of a person.
   *
   * @param record id of the row it will stand in; it can't be moved to another row
   */
  byte[] seal(byte[] wrappedKey, long record, byte[] clear);

  /**
   * Opens what {@link #seal} made.
   *
   * @throws IllegalStateException when it was changed, moved or belongs to another key
   */
  byte[] open(byte[] wrappedKey, long record, byte[] sealed);

  /** A keyed digest for looking somebody up by phone without keeping the phone. */
  byte[] mac(String phone);

  /** A digest that proves a text later; {@code salt} keeps short texts from being guessed. */
  byte[] commit(byte[] salt, String text);
}
