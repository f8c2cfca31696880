package io.userservice.architecture.violations.p6.adapter.persistence;

final class Disk {
  private Disk() {}

  static void write() {
    throw new DiskFull();
  }
}
