package io.userservice.application.driving;

import static java.util.Objects.requireNonNull;

/** The position of a request in its distributed trace (W3C Trace Context, header traceparent). */
public record TraceParent(String value) {
  public TraceParent {
    requireNonNull(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
