package io.userservice.architecture.violations.h3_streams.adapter;

final class Prints {
  void print() {
    System.out.println("printed");
  }
}
