package org.gridline.console.http;

import io.vertx.core.http.HttpMethod;

/**
 * One route.
 *
 * @param path with {@code :name} for variable parts
 */
public record Endpoint(HttpMethod method, String path, Access access, Arrival body, Use use) {
  /** Who may call it at all; finer rights are checked by the route. */
  public enum Access {
    OPEN,
    SIGNED_IN,
    /** The same for whoever still has something to do first, such as changing their password. */
    OWN_ACCOUNT,
    /** User and password may come with each request, as programs that draw maps send them. */
    SIGNED_IN_OR_BASIC,
    /**
     * The same, and who comes without is asked for them. Not for what pages load: a browser would
     * show a box of its own.
     */
    ASKS_BASIC
  }

  /**
   * A browser sends user and password by itself once it knows them, for any site's form; so they
   * open only what changes nothing.
   */
  public Endpoint {
    boolean basic = access == Access.SIGNED_IN_OR_BASIC || access == Access.ASKS_BASIC;
    if (basic && !method.equals(HttpMethod.GET)) {
      throw new IllegalArgumentException(method + " " + path + " can't be opened by Basic");
    }
  }

  /** How the body of a request comes in. */
  public enum Arrival {
    /** Read before the route runs; at most some 64 KiB. */
    WHOLE,
    /** Left on the wire for the route, which writes it to a file. */
    STREAMED
  }

  /** What it does; runs on a virtual thread, may await, may throw a {@code Failure}. */
  public interface Use {
    Answer answer(Call call);
  }

  public static Endpoint get(String path, Use use) {
    return new Endpoint(HttpMethod.GET, path, Access.SIGNED_IN, Arrival.WHOLE, use);
  }

  static Endpoint delete(String path, Use use) {
    return new Endpoint(HttpMethod.DELETE, path, Access.SIGNED_IN, Arrival.WHOLE, use);
  }

  static Endpoint post(String path, Use use) {
    return new Endpoint(HttpMethod.POST, path, Access.SIGNED_IN, Arrival.WHOLE, use);
  }

  /** A POST whose body may be of any size. */
  static Endpoint upload(String path, Use use) {
    return new Endpoint(HttpMethod.POST, path, Access.SIGNED_IN, Arrival.STREAMED, use);
  }

  Endpoint open() {
    return with(Access.OPEN);
  }

  public Endpoint with(Access other) {
    return new Endpoint(method, path, other, body, use);
  }
}
