package io.userservice.adapter.persistence;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.commit;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.userservice.application.driven.EventPublisher.StreamState;
import io.userservice.application.driven.Outbox.Delivery;
import io.userservice.application.driven.StreamLedger.Known;
import io.userservice.application.driven.StreamLedger.Reopened;
import io.userservice.application.testkit.PersistenceFixture;
import io.userservice.application.testkit.StreamLedgerContract;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class JooqStreamLedgerTest extends StreamLedgerContract {
  @Override
  protected PersistenceFixture fixture() {
    return new PostgresFixture();
  }

  /** It was frozen on the way to the database. */
  @Test
  void who_has_lost_the_lease_undoes_nothing() {
    try (var late = new PostgresFixture();
        var next = new PostgresFixture()) {
      late.users().commit(commit(user(ACME, "ana@example.org")));
      var mine = late.lease().tryAcquire().orElseThrow();
      late.ledger().observe(new StreamState("one", 1, 1, Optional.empty()));
      var pending = late.outbox().next(1).getFirst();
      await().until(() -> next.lease().tryAcquire().isPresent());
      next.ledger().observe(new StreamState("two", 1, 1, Optional.empty()));
      next.outbox().delivered(List.of(new Delivery(pending, 1)));

      assertThat(mine.isHeld()).isFalse();
      late.ledger().observe(new StreamState("one", 1, 1, Optional.empty()));
      assertThat(late.ledger().reopen(0, Instant.EPOCH, 10)).isEqualTo(new Reopened(0, 0));

      assertThat(next.ledger().known()).contains(new Known("two", 1, 1));
      assertThat(next.outbox().next(1)).isEmpty();
      assertThat(next.ledger().reopen(0, Instant.EPOCH, 10)).isEqualTo(new Reopened(1, 1));
    }
  }
}
