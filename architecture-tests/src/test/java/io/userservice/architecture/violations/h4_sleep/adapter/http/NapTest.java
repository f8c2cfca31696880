package io.userservice.architecture.violations.h4_sleep.adapter.http;

final class NapTest {
  void nap() throws InterruptedException {
    Thread.sleep(10);
  }
}
