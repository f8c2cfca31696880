package io.userservice.architecture.violations.p8.adapter.persistence;

import io.userservice.architecture.violations.p8.application.driven.Store;

final class SqlStore implements Store {
  @Override
  public void keep(String what) {}
}
