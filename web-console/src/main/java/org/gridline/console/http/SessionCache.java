package org.gridline.console.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.people.Accounts;
import org.gridline.dispatch.people.Accounts.Session;
import org.gridline.dispatch.people.SignIn;

/**
 * Living sessions, remembered for two seconds, so that a revoked one is dead on every node well
 * within five. Thread-safe; keeps hashes of tokens, never tokens.
 */
public final class SessionCache {
  private static final long KEPT_NANOS = Duration.ofSeconds(2).toNanos();

  /** How long a sign-out outweighs look-ups that began before it. */
  private static final long BURIED_NANOS = Duration.ofSeconds(10).toNanos();

  private static final int MOST = 20_000;

  private final Accounts accounts;
  private final InstantSource clock;
  private final Map<ByteBuffer, Kept> kept = new ConcurrentHashMap<>();

  /** {@code session} is absent for one that was signed out here. */
  private record Kept(Optional<Session> session, long untilNanos) {
    boolean fresh() {
      return untilNanos - System.nanoTime() > 0;
    }
  }

  public SessionCache(Accounts accounts, InstantSource clock) {
    this.accounts = accounts;
    this.clock = clock;
  }

  /**
   * The session behind a token.
   *
   * @throws Failure {@code session_expired}
   */
  public Session get(String token) {
    return find(SignIn.sha256(token))
        .orElseThrow(() -> new Failure(FailureCode.SESSION_EXPIRED, "请重新登录 · sign in again"));
  }

  /** The session behind a token's hash, if it lives. */
  Optional<Session> find(byte[] tokenHash) {
    ByteBuffer key = ByteBuffer.wrap(tokenHash);
    Kept known = kept.get(key);
    if (known != null && known.fresh()) return known.session();
    Optional<Session> found = accounts.findSession(tokenHash, clock.instant());
    if (found.isEmpty()) return found;
    if (kept.size() >= MOST) kept.values().removeIf(k -> !k.fresh());
    if (kept.size() >= MOST) return found;
    Kept now = new Kept(found, System.nanoTime() + KEPT_NANOS);
    Kept holds =
        kept.merge(key, now, (old, fresh) -> old.session().isEmpty() && old.fresh() ? old : fresh);
    return holds.session();
  }

  /** Asks anew at the next request, since something about the session has changed. */
  void refresh(byte[] tokenHash) {
    kept.remove(ByteBuffer.wrap(tokenHash));
  }

  /** Forgets a session at once; look-ups that are under way don't bring it back. */
  public void bury(String token) {
    kept.put(
        ByteBuffer.wrap(SignIn.sha256(token)),
        new Kept(Optional.empty(), System.nanoTime() + BURIED_NANOS));
  }
}
