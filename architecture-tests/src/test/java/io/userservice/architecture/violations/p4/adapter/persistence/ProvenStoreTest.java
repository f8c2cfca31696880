package io.userservice.architecture.violations.p4.adapter.persistence;

import io.userservice.architecture.violations.p4.application.driven.Store;
import io.userservice.architecture.violations.p4.application.driven.StoreContract;

/** Comes to it by way of what makes it, as most do. */
final class ProvenStoreTest extends StoreContract {
  final Store store = Stores.proven();
}
