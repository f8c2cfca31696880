package io.userservice.adapter.persistence;

import java.util.function.IntUnaryOperator;

/**
 * Removes what is old, a piece at a time: nothing waits for it for long, and no statement takes
 * longer than its connection lasts.
 */
final class Purge {
  static final int PIECE = 5_000;

  private Purge() {}

  /**
   * Removes all of it.
   *
   * @param piece removes so many at most, and says how many it were
   */
  static long all(IntUnaryOperator piece) {
    var total = 0L;
    int gone;
    do {
      gone = piece.applyAsInt(PIECE);
      total += gone;
    } while (gone == PIECE);
    return total;
  }
}
