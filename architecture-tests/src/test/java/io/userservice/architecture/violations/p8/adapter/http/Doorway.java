package io.userservice.architecture.violations.p8.adapter.http;

import io.userservice.architecture.violations.p8.application.driven.Store;

/** Keeps what the use case would have refused. */
record Doorway(Store store) {
  void on(String what) {
    store.keep(what);
  }
}
