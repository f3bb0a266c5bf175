package org.gridline.console.live;

import java.util.Optional;
import org.gridline.console.http.Call;
import org.gridline.console.http.Reached;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;

/**
 * A browser opens a WebSocket for a page of any site and sends our cookie along; only its Origin
 * says whose page it was.
 */
final class Origins {
  private Origins() {}

  /**
   * Programs with a bearer token need not name an origin; a named one must be ours in any case.
   *
   * @throws Failure {@code not_permitted}
   */
  static void check(Call call) {
    Optional<String> origin = call.header("Origin");
    boolean bearer = call.header("Authorization").isPresent();
    if (origin.isPresent() ? !ours(origin.get(), call.reached()) : !bearer)
      throw new Failure(
          FailureCode.NOT_PERMITTED, "实时连接只能由本站页面打开 · only our own pages may open this");
  }

  /** Between us and a proxy that ends HTTPS the request may be plain, though the page was not. */
  private static boolean ours(String origin, Reached reached) {
    boolean plain = reached.scheme() == Reached.Scheme.HTTP;
    return origin.equalsIgnoreCase("https://" + reached.authority())
        || (plain && origin.equalsIgnoreCase("http://" + reached.authority()));
  }
}
