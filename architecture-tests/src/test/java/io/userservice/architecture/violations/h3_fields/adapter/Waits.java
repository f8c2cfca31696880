package io.userservice.architecture.violations.h3_fields.adapter;

final class Waits {
  @Inject private String name = "";

  @Override
  public String toString() {
    return name;
  }
}
