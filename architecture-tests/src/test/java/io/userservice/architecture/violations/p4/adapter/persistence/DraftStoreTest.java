package io.userservice.architecture.violations.p4.adapter.persistence;

import io.userservice.architecture.violations.p4.application.driven.Store;
import io.userservice.architecture.violations.p4.application.driven.StoreContract;

/** Never runs. */
abstract class DraftStoreTest extends StoreContract {
  final Store store = new DraftStore();
}
