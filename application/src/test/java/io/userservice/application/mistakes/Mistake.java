package io.userservice.application.mistakes;

import java.util.function.Supplier;

/**
 * An adapter that gets one thing wrong.
 *
 * @param what it does, in words
 * @param suite that runs on it
 * @param rule that must catch it, by the name of its test
 */
record Mistake(String what, Class<?> suite, String rule, Supplier<?> adapter) {
  @Override
  public String toString() {
    return what;
  }
}
