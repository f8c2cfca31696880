package io.userservice.architecture.violations.p4.adapter.persistence;

import io.userservice.architecture.violations.p4.application.driven.Store;
import io.userservice.architecture.violations.p4.application.driven.StoreContract;

/** Holds another one against the contract. */
final class OtherStoreTest extends StoreContract {
  final Store store = new SqlStore();
}
