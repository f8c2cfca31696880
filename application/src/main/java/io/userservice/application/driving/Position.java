package io.userservice.application.driving;

/**
 * A place in the order of publication; {@link #START} is before the first event. Positions grow,
 * but not by one.
 */
public record Position(long value) {
  public static final Position START = new Position(0);

  public Position {
    if (value < 0) {
      throw new IllegalArgumentException("a position is 0 or greater, not " + value);
    }
  }
}
