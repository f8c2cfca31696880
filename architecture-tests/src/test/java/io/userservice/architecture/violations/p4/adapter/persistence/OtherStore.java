package io.userservice.architecture.violations.p4.adapter.persistence;

import io.userservice.architecture.violations.p4.application.driven.Store;

final class OtherStore implements Store {
  @Override
  public void save() {}
}
