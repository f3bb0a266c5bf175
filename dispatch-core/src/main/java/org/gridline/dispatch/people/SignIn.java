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
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.people.Accounts.Account;
import org.gridline.dispatch.people.Accounts.Session;

/**
 * Signing in and out. The database keeps only hashes of tokens, so a copy of it opens no session.
 * Names that don't exist are answered, counted and locked as those that do.
 */
public final class SignIn {
  static final int MOST_PASSWORD = 1_000;
  private static final int MOST_AGENT = 200;
  private static final SecureRandom RANDOM = new SecureRandom();
  // Verified for unknown users too, so that answers don't tell by their time who exists.
  private static final String NOBODY = PasswordHash.of(randomText());

  private final Accounts accounts;
  private final Credentials credentials;
  private final InstantSource clock;

  public SignIn(Accounts accounts, Credentials credentials, InstantSource clock) {
    this.accounts = accounts;
    this.credentials = credentials;
    this.clock = clock;
  }

  /**
   * What somebody comes with.
   *
   * @param code of the second factor, or a recovery code
   * @param agent what the browser calls itself
   */
  public record Attempt(String login, String password, Optional<String> code, String agent) {
    public Attempt {
      agent = agent.substring(0, Math.min(agent.length(), MOST_AGENT)).replaceAll("\\p{Cntrl}", "");
    }

    @Override
    public String toString() {
      return "Attempt";
    }
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
   * @throws Failure {@code bad_credentials}; {@code second_factor_required} when the password fits
   *     and a code is missing, {@code second_factor_wrong}; {@code too_many_attempts} while the
   *     name is locked
   */
  public Opened open(Attempt attempt) {
    SignInPolicy policy = accounts.policy();
    Account account = known(attempt.login(), attempt.password(), policy);
    if (account.secondFactor()) {
      String code =
          attempt
              .code()
              .orElseThrow(
                  () ->
                      new Failure(
                          FailureCode.SECOND_FACTOR_REQUIRED,
                          "请输入动态验证码 · send the code of your authenticator as well"));
      checkCode(account, code, policy);
    }
    return open(account, attempt.agent(), policy);
  }

  /** How well a provider outside has made sure of somebody. */
  public enum Proof {
    ONE_FACTOR,
    /** By a second one as well, as it says, and as this city believes it. */
    TWO_FACTORS
  }

  /**
   * Opens a session for somebody who has proved to a provider outside who they are. It opens an
   * account that is there and gives no right; whoever needs a second factor here, or has one, and
   * was not asked for one there, signs in with it and not by the provider.
   *
   * @param login what the provider says, verified
   * @param same binds the account to its subject there, and says whether it is still the same
   * @throws Failure {@code bad_credentials} when there is no such account, or it is bound to
   *     somebody else; {@code second_factor_required}
   */
  public Opened openOutside(String login, Proof proof, String agent, Predicate<User> same) {
    SignInPolicy policy = accounts.policy();
    Account account = accounts.findByLogin(login).orElseThrow(SignIn::wrong);
    boolean wanted = account.secondFactor() || policy.needsSecondFactor(account.user());
    if (wanted && proof == Proof.ONE_FACTOR)
      throw new Failure(
          FailureCode.SECOND_FACTOR_REQUIRED, "请用密码和动态验证码登录 · sign in with password and code");
    if (!same.test(account.user())) throw wrong();
    return open(account, new Attempt(login, "", Optional.empty(), agent).agent(), policy);
  }

  private Opened open(Account account, String agent, SignInPolicy policy) {
    Instant now = clock.instant();
    User user = account.user();
    Instant ends = now.plus(policy.session());
    String token = randomText();
    String csrf = randomText();
    accounts.open(sha256(token), csrf, user, agent, now, ends);
    Set<Chore> chores = policy.chores(user, account.passwordAt(), account.secondFactor(), now);
    return new Opened(token, new Session(0, user, csrf, ends, chores));
  }

  /**
   * Whether somebody who is signed in knows their password, for what a borrowed screen may not do.
   *
   * @throws Failure as {@link #open}, but for the second factor
   */
  void confirm(User user, String password) {
    known(user.login(), password, accounts.policy());
  }

  private Account known(String login, String password, SignInPolicy policy) {
    if (password.length() > MOST_PASSWORD) throw wrong();
    Instant now = clock.instant();
    accounts
        .findLock(login, now)
        .ifPresent(
            until -> {
              throw Failure.later(
                  FailureCode.TOO_MANY_ATTEMPTS,
                  "请稍后再试 · try again later",
                  Duration.between(now, until));
            });
    Optional<Account> found = accounts.findByLogin(login);
    // Somebody who has not set a password yet has no hash; the time must not tell that either.
    String stored = found.map(Account::passwordHash).filter(h -> !h.isEmpty()).orElse(NOBODY);
    boolean fits = PasswordHash.fits(password, stored);
    if (!fits || found.isEmpty() || found.get().passwordHash().isEmpty()) {
      accounts.recordFailure(login, policy, now);
      throw wrong();
    }
    if (PasswordHash.outdated(stored))
      credentials.rehash(found.get().user().id(), stored, PasswordHash.of(password));
    return found.get();
  }

  private void checkCode(Account account, String code, SignInPolicy policy) {
    Instant now = clock.instant();
    long user = account.user().id();
    String typed = code.replaceAll("\\s", "");
    OptionalLong step =
        credentials
            .findSecret(user)
            .map(secret -> Totp.step(secret, typed, now))
            .orElse(OptionalLong.empty());
    boolean fits =
        step.isPresent()
            ? credentials.useStep(user, step.getAsLong())
            : credentials.useRecoveryCode(user, RecoveryCodes.hash(typed), now);
    if (fits) return;
    accounts.recordFailure(account.user().login(), policy, now);
    throw wrongCode();
  }

  static Failure wrongCode() {
    return new Failure(
        FailureCode.SECOND_FACTOR_WRONG,
        "每个验证码只能用一次,请等下一个 · a code is good once; wait for the next one");
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
