package io.userservice.application.driven;

/** The store is there and lets us not do what we need to; that doesn't pass by waiting. */
public final class StoreRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreRefused(String message) {
    super(message);
  }

  public StoreRefused(String message, Throwable cause) {
    super(message, cause);
  }
}
