package io.userservice.application.delivery;

import io.userservice.domain.user.UserId;
import java.util.Arrays;
import java.util.UUID;

/**
 * The last version of each of some users. In arrays, with open addressing: there is one for each
 * event, and as objects of a map they lived long enough to be copied again and again by the garbage
 * collector, and filled the old part of its heap as soon as they were forgotten.
 */
final class LastVersions {
  /** No version is known: they begin with 1. */
  static final long NONE = 0;

  private final int capacity;
  private final long[] high;
  private final long[] low;
  private final long[] versions;
  private int size;

  /**
   * @param capacity how many users fit, a power of two
   */
  LastVersions(int capacity) {
    this.capacity = capacity;
    this.high = new long[2 * capacity];
    this.low = new long[2 * capacity];
    this.versions = new long[2 * capacity];
  }

  boolean isFull() {
    return size == capacity;
  }

  long get(UserId user) {
    return versions[place(user.value())];
  }

  void put(UserId user, long version) {
    var id = user.value();
    var place = place(id);
    if (versions[place] == NONE) {
      size++;
    }
    high[place] = id.getMostSignificantBits();
    low[place] = id.getLeastSignificantBits();
    versions[place] = version;
  }

  void clear() {
    Arrays.fill(versions, NONE);
    size = 0;
  }

  /** Where the user is, or may be put: half of the places are free. */
  private int place(UUID id) {
    var place = id.hashCode() & versions.length - 1;
    while (versions[place] != NONE && !isAt(place, id)) {
      place = place + 1 & versions.length - 1;
    }
    return place;
  }

  private boolean isAt(int place, UUID id) {
    return low[place] == id.getLeastSignificantBits() && high[place] == id.getMostSignificantBits();
  }
}
