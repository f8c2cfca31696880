package io.userservice.application.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.userservice.application.driven.Commit;
import io.userservice.application.driven.Outbox.Delivery;
import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.driven.RelayLease.FencingToken;
import io.userservice.application.driven.RelayLease.Lease;
import io.userservice.application.driven.StoreUnavailable;
import io.userservice.application.driven.UserStore.Committed;
import io.userservice.application.driving.RecordedEvent;
import io.userservice.domain.user.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the contracts of the persistence ports share: a store that is empty at first, and words. */
abstract class PersistenceContract {
  PersistenceFixture store;

  private Optional<Lease> lease = Optional.empty();

  /** The adapter under test, over an empty store. Called once for each test. */
  protected abstract PersistenceFixture fixture();

  @BeforeEach
  final void openStore() {
    store = fixture();
  }

  @AfterEach
  final void closeStore() {
    store.close();
  }

  /** What shows that this test is the one that publishes. */
  final FencingToken holder() {
    lease = lease.or(() -> store.lease().tryAcquire());
    return lease.orElseThrow().token();
  }

  /** Each of these, when nobody reaches the store. */
  final void assertUnavailable(ThrowingCallable... calls) {
    store.cutOff();
    assertThat(calls)
        .allSatisfy(call -> assertThatThrownBy(call).isInstanceOf(StoreUnavailable.class));
  }

  final Commit commit(User user) {
    return commit(Users.commit(user));
  }

  final Commit commit(Commit commit) {
    assertThat(store.users().commit(commit)).isEqualTo(new Committed());
    return commit;
  }

  final List<RecordedEvent> pendingEvents() {
    return store.outbox().next(1_000).stream().map(Pending::event).toList();
  }

  /** Marks all that is pending as delivered, in order. */
  final void deliverAll() {
    var deliveries = new ArrayList<Delivery>();
    for (var pending : store.outbox().next(1_000)) {
      deliveries.add(new Delivery(pending, deliveries.size() + 1L));
    }
    store.outbox().delivered(holder(), deliveries);
  }
}
