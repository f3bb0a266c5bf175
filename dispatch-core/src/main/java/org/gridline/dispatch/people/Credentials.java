package org.gridline.dispatch.people;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What people prove with that they are themselves: passwords, codes, one-time links. Secrets are
 * kept sealed or as hashes. Each change writes its line into the people log. Called on virtual
 * threads.
 */
public interface Credentials {
  /** The secret of somebody's second factor, if they have one. */
  Optional<byte[]> findSecret(long user);

  /** Uses the code of a time step up; false when it, or a later one, was used before. */
  boolean useStep(long user, long step);

  /** Uses a recovery code up; false when it is none of theirs or used already. */
  boolean useRecoveryCode(long user, byte[] codeHash, Instant now);

  /** Keeps a secret that is being set up; it is asked for at no sign-in yet. */
  void propose(long user, byte[] secret);

  /** The secret that is being set up. */
  Optional<byte[]> findProposed(long user);

  /** The proposed secret holds from now on, with these recovery codes. */
  void enrol(long user, long usedStep, List<byte[]> codeHashes, Instant now);

  /** The second factor and its recovery codes are gone. */
  void dismiss(long user, Instant now);

  int countRecoveryCodes(long user);

  /** The hashes of the newest passwords, the present one first. */
  List<String> listPasswords(long user, int most);

  /**
   * Sets somebody's own password, ends their other sessions and links.
   *
   * @param keptTokenHash the session that goes on
   */
  void change(long user, String hash, byte[] keptTokenHash, Instant now);

  /** The same password under newer parameters; nothing happens if it was changed meanwhile. */
  void rehash(long user, String old, String fresh);

  /** Whose link this is, while it holds. */
  Optional<User> findLink(byte[] tokenHash, Instant now);

  /** Uses a link up, sets the password and ends every session; false when it does not hold. */
  boolean changeByLink(byte[] tokenHash, String hash, Instant now);
}
