package io.userservice.bootstrap;

/** Requests can't be taken at the configured address. */
final class CannotListen extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CannotListen(Settings.Listen address, Exception cause) {
    super(
        "HOST, PORT: can't listen on %s:%d: %s"
            .formatted(address.host(), address.port(), reason(cause)),
        cause);
  }

  private static String reason(Throwable failure) {
    return failure.getCause() == null
        ? String.valueOf(failure.getMessage())
        : reason(failure.getCause());
  }
}
