package org.gridline.console.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.people.Accounts.Session;
import org.gridline.dispatch.people.SignIn;

/**
 * Lets programs in that send user and password with every request (RFC 7617), as those of map
 * makers do. The first request signs in as the sign-in page does, lock-out included; the session is
 * then used for those that follow, so that none pays for a password hash, and ends as any other
 * does.
 *
 * <p>Thread-safe. Keeps no password: pairs are known by a MAC under a key of this process.
 */
public final class BasicDoor {
  /** What a program is asked for that came without. */
  static final String CHALLENGE = "Basic realm=\"Gridline\", charset=\"UTF-8\"";

  private static final String SCHEME = "basic ";
  private static final int MOST_CHARACTERS = 2_000;
  private static final int MOST_KNOWN = 2_000;

  /**
   * A program that has the wrong password sends it a dozen times at once; it counts as one attempt,
   * and does not lock its owner out.
   */
  private static final long WRONG_NANOS = Duration.ofMinutes(1).toNanos();

  /** Opens a session; the same as the sign-in page does. */
  interface SigningIn {
    Future<SignIn.Opened> open(String user, String password);
  }

  private record Known(Future<SignIn.Opened> opened, long since) {
    boolean holds() {
      if (!opened.failed()) return true;
      boolean wrong =
          opened.cause() instanceof Failure f
              && (f.code() == FailureCode.BAD_CREDENTIALS
                  || f.code() == FailureCode.SECOND_FACTOR_REQUIRED);
      return wrong && System.nanoTime() - since < WRONG_NANOS;
    }
  }

  private final SessionCache sessions;
  private final SigningIn signingIn;
  private final SecretKeySpec key =
      new SecretKeySpec(SignIn.sha256(SignIn.randomText()), "HmacSHA256");
  private final Map<ByteBuffer, Known> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Known> eldest) {
          return size() > MOST_KNOWN;
        }
      };

  public BasicDoor(SessionCache sessions, Sessions signingIn) {
    this(
        sessions,
        (user, password) ->
            signingIn.opened(new SignIn.Attempt(user, password, Optional.empty(), "HTTP Basic")));
  }

  BasicDoor(SessionCache sessions, SigningIn signingIn) {
    this.sessions = sessions;
    this.signingIn = signingIn;
  }

  /** What stands behind {@code Basic}, if the request comes with it. */
  static Optional<String> find(HttpServerRequest request) {
    String header = request.getHeader("Authorization");
    return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? Optional.of(header.substring(SCHEME.length()).strip())
        : Optional.empty();
  }

  /**
   * The session of a user and a password. May wait for a hash.
   *
   * @param credentials Base64 of {@code user:password} in UTF-8
   * @throws Failure {@code bad_credentials}, {@code too_many_attempts} or {@code overloaded}
   */
  Session session(String credentials) {
    String pair = decoded(credentials);
    int colon = pair.indexOf(':');
    if (colon < 1) throw wrong();
    String user = pair.substring(0, colon);
    String password = pair.substring(colon + 1);
    ByteBuffer name = ByteBuffer.wrap(mac(pair));
    Known first = known(name, user, password);
    Optional<Session> session = living(first);
    if (session.isPresent()) return session.get();
    // It ran out or was ended; the password says once more who this is.
    forget(name, first);
    return living(known(name, user, password)).orElseThrow(BasicDoor::wrong);
  }

  private Optional<Session> living(Known entry) {
    return sessions.find(SignIn.sha256(entry.opened().await().token()));
  }

  /** Only asks for the sign-in; nobody waits under the lock. */
  private Known known(ByteBuffer name, String user, String password) {
    synchronized (known) {
      Known there = known.get(name);
      if (there != null && there.holds()) return there;
      Known fresh = new Known(signingIn.open(user, password), System.nanoTime());
      known.put(name, fresh);
      return fresh;
    }
  }

  private void forget(ByteBuffer name, Known entry) {
    synchronized (known) {
      known.remove(name, entry);
    }
  }

  private static String decoded(String credentials) {
    if (credentials.length() > MOST_CHARACTERS) throw wrong();
    try {
      String pair = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
      // RFC 7617 has none, and a database can't look for some of them.
      if (pair.chars().anyMatch(Character::isISOControl)) throw wrong();
      return pair;
    } catch (IllegalArgumentException noBase64) {
      throw wrong();
    }
  }

  private byte[] mac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
    }
  }

  private static Failure wrong() {
    return new Failure(FailureCode.BAD_CREDENTIALS, "请检查用户名和密码 · check user and password");
  }
}
