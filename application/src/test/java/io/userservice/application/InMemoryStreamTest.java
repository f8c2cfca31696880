package io.userservice.application;

import io.userservice.application.driven.EventPublisher;
import io.userservice.application.testkit.EventPublisherContract;
import io.userservice.application.testkit.InMemoryStream;
import java.util.List;

final class InMemoryStreamTest extends EventPublisherContract {
  @Override
  protected Fixture fixture() {
    var stream = new InMemoryStream();
    stream.refusesMoreThan(10_000);
    return new Fixture() {
      @Override
      public EventPublisher publisher() {
        return stream;
      }

      @Override
      public List<String> stored() {
        return stream.events().stream().map(event -> event.id() + " " + event.payload()).toList();
      }

      @Override
      public void away() {
        stream.away(true);
      }

      @Override
      public void back() {
        stream.away(false);
      }

      @Override
      public int tooManyBytes() {
        return 10_001;
      }

      @Override
      public void close() {}
    };
  }
}
