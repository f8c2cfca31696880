package io.userservice.adapter.nats;

import io.nats.client.impl.Headers;
import java.util.OptionalLong;

/**
 * Where in the stream the events of a list are to be, one behind the other: the server compares,
 * and stores none that would come elsewhere.
 */
final class Placing {
  private final OptionalLong end;
  private long sent;

  /**
   * @param end last sequence of the stream as the sender knows it; empty when any place will do
   */
  Placing(OptionalLong end) {
    this.end = end;
  }

  /** Adds the place of the next event to its headers. */
  Headers place(Headers headers) {
    end.ifPresent(
        last -> headers.put(EventHeaders.EXPECTED_LAST_SEQUENCE, Long.toString(last + sent)));
    return headers;
  }

  /** The next event is to be behind this one. */
  void sent() {
    sent++;
  }
}
