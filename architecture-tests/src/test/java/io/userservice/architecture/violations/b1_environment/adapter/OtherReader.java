package io.userservice.architecture.violations.b1_environment.adapter;

final class OtherReader {
  boolean isFlagged() {
    return Boolean.getBoolean("flag");
  }

  Integer size() {
    return Integer.getInteger("size");
  }

  Long limit() {
    return Long.getLong("limit");
  }
}
