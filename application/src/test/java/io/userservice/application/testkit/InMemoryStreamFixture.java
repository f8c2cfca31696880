package io.userservice.application.testkit;

import io.userservice.application.driven.EventPublisher;
import java.util.List;

/** The stream in memory, as the contract wants it. */
public final class InMemoryStreamFixture implements EventPublisherContract.Fixture {
  private static final int MOST_BYTES = 10_000;

  private final InMemoryStream stream = new InMemoryStream();

  public InMemoryStreamFixture() {
    stream.refusesMoreThan(MOST_BYTES);
  }

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
    return MOST_BYTES + 1;
  }

  @Override
  public void close() {}
}
