package io.userservice.architecture.violations.h3_static.adapter;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Final is the array, and what is in it may be written. */
final class Tables {
  static final CompletableFuture<String> FIRST = new CompletableFuture<>();
  static final Executor EXECUTOR = Runnable::run;
  static final ByteBuffer BUFFER = ByteBuffer.allocate(8);
  static final Lock LOCK = new ReentrantLock();
  private static final int[] COUNTS = new int[8];
  private static final char[] DIGITS = {'0', '1', '2', '3'};
  static final List<Character> CLOSED = List.of('0', '1', '2', '3');

  private Tables() {}

  static void count(int place) {
    COUNTS[place]++;
  }

  static char digit(int value) {
    return DIGITS[value];
  }

  /** Of an enum the compiler makes an array, which nobody can reach. */
  enum Size {
    SMALL,
    LARGE
  }
}
