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
    SIGNED_IN
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

  static Endpoint post(String path, Use use) {
    return new Endpoint(HttpMethod.POST, path, Access.SIGNED_IN, Arrival.WHOLE, use);
  }

  /** A POST whose body may be of any size. */
  static Endpoint upload(String path, Use use) {
    return new Endpoint(HttpMethod.POST, path, Access.SIGNED_IN, Arrival.STREAMED, use);
  }

  Endpoint open() {
    return new Endpoint(method, path, Access.OPEN, body, use);
  }
}
