package io.userservice.application.mistakes;

import io.userservice.application.driven.RelayLease;
import io.userservice.application.driven.RelayLease.FencingToken;
import io.userservice.application.testkit.DecoratedPersistence;
import io.userservice.application.testkit.DecoratedRelayLease;
import io.userservice.application.testkit.InMemoryPersistenceFixture;
import java.util.Optional;

/** Can take whatever comes for what the last holder of the lease has sent. */
class Unfenced extends DecoratedPersistence {
  private FencingToken last = new FencingToken(0);

  Unfenced() {
    super(new InMemoryPersistenceFixture());
  }

  final FencingToken last() {
    return last;
  }

  @Override
  public RelayLease lease() {
    return new DecoratedRelayLease(inner.lease()) {
      @Override
      protected Optional<Lease> decorated(Optional<Lease> granted) {
        granted.ifPresent(lease -> last = lease.token());
        return granted;
      }
    };
  }
}
