package io.userservice.application.delivery;

import static io.userservice.application.testkit.Users.ACME;
import static io.userservice.application.testkit.Users.commit;
import static io.userservice.application.testkit.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.application.driven.Outbox.Pending;
import io.userservice.application.testkit.DecoratedOutbox;
import io.userservice.application.testkit.InMemoryPersistence;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Between two pages of a replay. */
final class RelayTurnTest {
  private final InMemoryPersistence store = new InMemoryPersistence();
  private final RelayTurn turn = new RelayTurn(new Counting(), 3);
  private int looks;

  private final class Counting extends DecoratedOutbox {
    Counting() {
      super(store.outbox());
    }

    @Override
    public List<Pending> next(int limit) {
      looks++;
      return inner.next(limit);
    }
  }

  @Test
  void when_nothing_waits_one_look_tells() {
    turn.await();

    assertThat(looks).isEqualTo(1);
  }

  @Test
  void a_relay_that_is_not_at_work_is_waited_for_once() {
    store.users().commit(commit(user(ACME, "ana@example.org")));

    turn.await();
    assertThat(looks).as("before each of three pauses").isEqualTo(3);

    turn.await();
    assertThat(looks).as("one more").isEqualTo(4);
  }
}
