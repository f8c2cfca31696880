package io.userservice.architecture.violations.p6.adapter.persistence;

/** Made far from the port, and crosses it all the same. */
final class DiskFull extends IllegalStateException {
  private static final long serialVersionUID = 1;
}
