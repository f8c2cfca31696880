package io.userservice.architecture.violations.p8.adapter.persistence;

import io.userservice.architecture.violations.p8.application.driven.Store;

/** Its own adapter's port is its own affair. */
record Import(Store store) {
  void on(String what) {
    store.keep(what);
  }
}
