package io.userservice.architecture.violations.p4.adapter.persistence;

import io.userservice.architecture.violations.p4.application.driven.Store;

final class Stores {
  private Stores() {}

  static Store proven() {
    return new ProvenStore();
  }
}
