package org.gridline.dispatch.store;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.gridline.dispatch.intake.Caller;
import org.gridline.dispatch.people.PersonalCipher;
import org.gridline.dispatch.ticket.TicketStore.Particulars;

/**
 * How texts and callers are sealed: small JSON objects under the person's key, bound to their row.
 */
final class PersonalWords {
  private static final int SALT_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final PersonalCipher cipher;

  PersonalWords(PersonalCipher cipher) {
    this.cipher = cipher;
  }

  /** The report itself; {@code name} is what this caller was called this time. */
  SealedWords seal(byte[] key, long id, Particulars particulars) {
    return seal(
        key,
        id,
        new JsonObject()
            .put("text", particulars.words())
            .put("address", particulars.address())
            .put("name", particulars.caller().map(Caller::name).orElse("")));
  }

  /** The text of a later step. */
  SealedWords seal(byte[] key, long id, String text) {
    return seal(key, id, new JsonObject().put("text", text));
  }

  private SealedWords seal(byte[] key, long id, JsonObject clear) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    clear.put("salt", salt);
    String text = clear.getString("text") + "\n" + clear.getString("address", "");
    return new SealedWords(id, cipher.seal(key, id, bytes(clear)), cipher.commit(salt, text));
  }

  JsonObject open(byte[] key, long id, byte[] sealed) {
    return new JsonObject(new String(cipher.open(key, id, sealed), StandardCharsets.UTF_8));
  }

  byte[] sealPerson(byte[] key, long person, Caller caller) {
    return cipher.seal(
        key,
        person,
        bytes(new JsonObject().put("phone", caller.phone()).put("name", caller.name())));
  }

  private static byte[] bytes(JsonObject json) {
    return json.encode().getBytes(StandardCharsets.UTF_8);
  }
}
