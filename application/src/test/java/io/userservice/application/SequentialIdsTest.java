package io.userservice.application;

import io.userservice.application.driven.Identifiers;
import io.userservice.application.testkit.IdentifiersContract;
import io.userservice.application.testkit.SequentialIds;

final class SequentialIdsTest extends IdentifiersContract {
  @Override
  protected Identifiers identifiers() {
    return new SequentialIds();
  }
}
