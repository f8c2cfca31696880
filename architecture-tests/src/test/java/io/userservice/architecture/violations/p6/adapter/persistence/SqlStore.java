package io.userservice.architecture.violations.p6.adapter.persistence;

import io.userservice.architecture.violations.p6.application.driven.Store;
import java.io.IOException;
import java.io.UncheckedIOException;

final class SqlStore implements Store {
  @Override
  public void save() {
    throw new UncheckedIOException(new IOException("disk full"));
  }
}
