package io.userservice.architecture.violations.h3_reflection.adapter;

final class ByName {
  Class<?> find(String name) throws ClassNotFoundException {
    return Class.forName(name);
  }
}
