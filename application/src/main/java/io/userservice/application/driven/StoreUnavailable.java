package io.userservice.application.driven;

/**
 * The store can't be reached or can't answer now; for a commit the outcome may be unknown. It may
 * be tried again later.
 */
public final class StoreUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreUnavailable(String message) {
    super(message);
  }

  public StoreUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
