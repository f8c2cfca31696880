package io.userservice.application.driven;

/** The stream can't be asked or written to now; its message, free of secrets, says why. */
public final class StreamUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StreamUnavailable(String reason) {
    super(reason);
  }

  public StreamUnavailable(String reason, Throwable cause) {
    super(reason, cause);
  }
}
