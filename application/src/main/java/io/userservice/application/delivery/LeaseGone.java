package io.userservice.application.delivery;

/** The right to publish was lost amid work; another instance does it now. */
final class LeaseGone extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LeaseGone() {
    super("the lease is another's now");
  }
}
