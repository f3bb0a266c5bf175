package org.gridline.console.http;

import io.vertx.core.http.HttpMethod;

/**
 * One route.
 *
 * @param path with {@code :name} for variable parts
 */
public record Endpoint(HttpMethod method, String path, Access access, Body body, Use use) {
  public Endpoint(HttpMethod method, String path, Access access, Use use) {
    this(method, path, access, Body.WHOLE, use);
  }

  /** How it takes what comes with a request. */
  public enum Body {
    /** In memory, and small. */
    WHOLE,
    /** The route itself takes the request, which is paused until then. */
    STREAMED
  }

  /** Who may call it at all; finer rights are checked by the route. */
  public enum Access {
    OPEN,
    SIGNED_IN
  }

  /** What it does; runs on a virtual thread, may await, may throw a {@code Failure}. */
  public interface Use {
    Answer answer(Call call);
  }

  public static Endpoint get(String path, Use use) {
    return new Endpoint(HttpMethod.GET, path, Access.SIGNED_IN, use);
  }

  static Endpoint post(String path, Use use) {
    return new Endpoint(HttpMethod.POST, path, Access.SIGNED_IN, use);
  }

  static Endpoint upload(String path, Use use) {
    return new Endpoint(HttpMethod.POST, path, Access.SIGNED_IN, Body.STREAMED, use);
  }

  Endpoint open() {
    return new Endpoint(method, path, Access.OPEN, body, use);
  }
}
