package io.userservice.application;

import io.userservice.application.testkit.EventPublisherContract;
import io.userservice.application.testkit.InMemoryStreamFixture;

final class InMemoryStreamTest extends EventPublisherContract {
  @Override
  protected Fixture fixture() {
    return new InMemoryStreamFixture();
  }
}
