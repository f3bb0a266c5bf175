package org.gridline.dispatch.people;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;

/** What everybody does with their own account. Computes password hashes, so it is slow. */
public final class OwnAccount {
  private final Accounts accounts;
  private final Credentials credentials;
  private final SignIn signIn;
  private final InstantSource clock;

  public OwnAccount(
      Accounts accounts, Credentials credentials, SignIn signIn, InstantSource clock) {
    this.accounts = accounts;
    this.credentials = credentials;
    this.signIn = signIn;
    this.clock = clock;
  }

  /**
   * Sets another password; the other sessions end.
   *
   * @param tokenHash the session that goes on
   * @throws Failure {@code password_weak}, and as {@link SignIn#open}
   */
  public void changePassword(User user, byte[] tokenHash, String current, String fresh) {
    signIn.confirm(user, current);
    SignInPolicy policy = accounts.policy();
    // One more than the policy counts: the present password itself is never a new one.
    List<String> former = credentials.listPasswords(user.id(), Math.max(1, policy.history()));
    if (former.stream().limit(1).anyMatch(h -> PasswordHash.fits(fresh, h)))
      throw Failure.atField(
          FailureCode.PASSWORD_WEAK, "password", "与当前密码相同 · it is the present password");
    PasswordRules.check(fresh, user.login(), policy, former);
    credentials.change(user.id(), PasswordHash.of(fresh), tokenHash, clock.instant());
  }

  /** Whose one-time link this is. */
  public Optional<User> findLink(String token) {
    return credentials.findLink(SignIn.sha256(token), clock.instant());
  }

  /**
   * Sets the password that a one-time link allows to set.
   *
   * @throws Failure {@code not_permitted} when the link does not hold, {@code password_weak}
   */
  public void usePasswordLink(String token, String fresh) {
    byte[] hash = SignIn.sha256(token);
    Instant now = clock.instant();
    User user = credentials.findLink(hash, now).orElseThrow(OwnAccount::badLink);
    SignInPolicy policy = accounts.policy();
    PasswordRules.check(
        fresh, user.login(), policy, credentials.listPasswords(user.id(), policy.history()));
    if (!credentials.changeByLink(hash, PasswordHash.of(fresh), now)) throw badLink();
  }

  /**
   * Begins to set up a second factor; the one that is there goes on until the new one is confirmed.
   *
   * @param code of the second factor that is there
   * @return the secret
   */
  public byte[] beginSecondFactor(User user, String password, Optional<String> code) {
    signIn.confirm(user, password);
    credentials.findSecret(user.id()).ifPresent(secret -> use(user, secret, code));
    byte[] secret = Totp.newSecret();
    credentials.propose(user.id(), secret);
    return secret;
  }

  /**
   * Proves that the authenticator has the secret.
   *
   * @return recovery codes, told once
   */
  public List<String> confirmSecondFactor(User user, String code) {
    byte[] secret =
        credentials
            .findProposed(user.id())
            .orElseThrow(
                () -> new Failure(FailureCode.NOT_FOUND, "请重新开始绑定 · begin to set it up once more"));
    OptionalLong step = Totp.step(secret, code.replaceAll("\\s", ""), clock.instant());
    if (step.isEmpty()) throw SignIn.wrongCode();
    List<String> codes = RecoveryCodes.fresh();
    credentials.enrol(
        user.id(),
        step.getAsLong(),
        codes.stream().map(RecoveryCodes::hash).toList(),
        clock.instant());
    return codes;
  }

  /**
   * Does without a second factor again.
   *
   * @throws Failure {@code not_permitted} when the policy wants one
   */
  public void dismissSecondFactor(User user, String password, Optional<String> code) {
    if (accounts.policy().needsSecondFactor(user))
      throw new Failure(
          FailureCode.NOT_PERMITTED, "您的岗位必须使用动态验证 · your role needs a second factor");
    signIn.confirm(user, password);
    credentials.findSecret(user.id()).ifPresent(secret -> use(user, secret, code));
    credentials.dismiss(user.id(), clock.instant());
  }

  private void use(User user, byte[] secret, Optional<String> code) {
    Instant now = clock.instant();
    String typed =
        code.orElseThrow(
                () ->
                    new Failure(
                        FailureCode.SECOND_FACTOR_REQUIRED,
                        "请输入当前动态验证码 · send the present code as well"))
            .replaceAll("\\s", "");
    OptionalLong step = Totp.step(secret, typed, now);
    boolean fits =
        step.isPresent()
            ? credentials.useStep(user.id(), step.getAsLong())
            : credentials.useRecoveryCode(user.id(), RecoveryCodes.hash(typed), now);
    if (fits) return;
    accounts.recordFailure(user.login(), accounts.policy(), now);
    throw SignIn.wrongCode();
  }

  private static Failure badLink() {
    return new Failure(
        FailureCode.NOT_PERMITTED, "链接已使用或过期,请联系管理员 · used or expired; ask the administrator");
  }
}
