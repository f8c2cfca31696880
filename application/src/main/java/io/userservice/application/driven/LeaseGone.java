package io.userservice.application.driven;

/** The right to publish was lost amid work; another instance has had it since. */
public final class LeaseGone extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LeaseGone() {
    super("the lease is another's now");
  }
}
