package org.gridline.dispatch.people;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.people.Accounts.Account;
import org.gridline.dispatch.people.Accounts.Session;

/**
 * Signing in and out. The database keeps only hashes of tokens, so a copy of it opens no session.
 */
public final class SignIn {
  private static final Duration SESSION = Duration.ofHours(12);
  private static final Duration LOCK = Duration.ofMinutes(15);
  private static final int MOST_FAILURES = 5;
  private static final SecureRandom RANDOM = new SecureRandom();
  // Verified for unknown users too, so that answers don't tell by their time who exists.
  private static final String NOBODY = PasswordHash.of("nobody");

  private final Accounts accounts;
  private final InstantSource clock;

  public SignIn(Accounts accounts, InstantSource clock) {
    this.accounts = accounts;
    this.clock = clock;
  }

  /** A new session; {@code token} is told once and never stored. */
  public record Opened(String token, Session session) {
    @Override
    public String toString() {
      return "Opened[" + session.user().login() + "]";
    }
  }

  /**
   * Opens a session.
   *
   * @throws Failure {@code bad_credentials}, or {@code too_many_attempts} while the account is
   *     locked
   */
  public Opened open(String login, String password) {
    Instant now = clock.instant();
    if (password.length() > 1_000) throw wrong();
    Optional<Account> found = accounts.findByLogin(login);
    found
        .flatMap(Account::lockedUntil)
        .filter(now::isBefore)
        .ifPresent(
            until -> {
              throw new Failure(
                  FailureCode.TOO_MANY_ATTEMPTS, "请 15 分钟后再试 · try again in 15 minutes");
            });
    boolean fits = PasswordHash.fits(password, found.map(Account::passwordHash).orElse(NOBODY));
    if (found.isEmpty()) throw wrong();
    Account account = found.get();
    if (!fits) {
      boolean lock = account.failures() + 1 >= MOST_FAILURES;
      accounts.recordFailure(
          account.user().id(), lock ? Optional.of(now.plus(LOCK)) : Optional.empty());
      throw wrong();
    }
    String token = randomText();
    Session session = new Session(account.user(), randomText(), now.plus(SESSION));
    accounts.open(sha256(token), session.csrf(), account.user().id(), now, session.expiresAt());
    return new Opened(token, session);
  }

  /**
   * The session behind a token.
   *
   * @throws Failure {@code session_expired} when the token is unknown, revoked or too old
   */
  public Session get(String token) {
    return accounts
        .findSession(sha256(token), clock.instant())
        .orElseThrow(() -> new Failure(FailureCode.SESSION_EXPIRED, "请重新登录 · sign in again"));
  }

  public void close(String token) {
    accounts.revoke(sha256(token), clock.instant());
  }

  /** 256 random bits in URL-safe text. */
  public static String randomText() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** What the database keeps of a token. */
  public static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static Failure wrong() {
    return new Failure(FailureCode.BAD_CREDENTIALS, "请检查用户名和密码 · check user and password");
  }
}
