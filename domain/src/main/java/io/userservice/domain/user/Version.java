package io.userservice.domain.user;

/** Counts the changes of a user: 1 at creation, one more with every change, deletion included. */
public record Version(long value) implements Comparable<Version> {
  public static final Version FIRST = new Version(1);

  public Version {
    if (value < 1) {
      throw new IllegalArgumentException("a version is 1 or greater, not " + value);
    }
  }

  public Version next() {
    return new Version(value + 1);
  }

  @Override
  public int compareTo(Version other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
