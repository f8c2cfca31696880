package io.userservice.bootstrap;

/** A text that may be used but never shown: it prints as dots. */
record Secret(String value) {
  @Override
  public String toString() {
    return "•••";
  }
}
