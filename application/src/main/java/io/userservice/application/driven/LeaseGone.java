package io.userservice.application.driven;

/**
 * The right to publish was lost amid work: it was had again since, as a rule by another instance.
 */
public final class LeaseGone extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LeaseGone() {
    super("the lease was had again since");
  }
}
