package io.userservice.bootstrap;

import io.userservice.application.driven.Identifiers;
import io.userservice.application.testkit.IdentifiersContract;

final class TimeOrderedIdentifiersTest extends IdentifiersContract {
  @Override
  protected Identifiers identifiers() {
    return new TimeOrderedIdentifiers();
  }
}
