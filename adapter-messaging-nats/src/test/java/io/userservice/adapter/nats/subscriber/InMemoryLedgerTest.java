package io.userservice.adapter.nats.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.userservice.adapter.nats.subscriber.ReceivedEvent.Deleted;
import io.userservice.adapter.nats.subscriber.ReceivedEvent.Envelope;
import io.userservice.application.driving.EventId;
import io.userservice.domain.json.JsonText;
import io.userservice.domain.user.TenantId;
import io.userservice.domain.user.UserId;
import io.userservice.domain.user.UserKey;
import io.userservice.domain.user.Version;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class InMemoryLedgerTest {
  private final Ledger ledger = new InMemoryLedger();
  private final ArrayList<Long> handled = new ArrayList<>();

  @Test
  void what_was_handled_is_not_handled_again() throws Exception {
    for (var version : new long[] {1, 1, 2, 1}) {
      ledger.once(event("ana", version), () -> handled.add(version));
    }

    assertThat(handled).containsExactly(1L, 2L);
  }

  @Test
  void what_failed_is_handled_when_it_comes_again() throws Exception {
    assertThatThrownBy(() -> ledger.once(event("ana", 1), () -> handled.getFirst()));

    ledger.once(event("ana", 1), () -> handled.add(1L));

    assertThat(handled).containsExactly(1L);
  }

  @Test
  void a_handler_that_takes_its_time_holds_up_no_other_user() throws Exception {
    var begun = new CountDownLatch(1);
    var end = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        AutoCloseable _ = end::countDown) {
      var slow = threads.submit(once("ana", () -> ended(begun, end)));
      begun.await();

      threads.submit(once("ben", () -> handled.add(1L))).get(10, TimeUnit.SECONDS);

      assertThat(slow.isDone()).isFalse();
      assertThat(handled).containsExactly(1L);
    }
  }

  private static void ended(CountDownLatch begun, CountDownLatch end) throws InterruptedException {
    begun.countDown();
    end.await();
  }

  private Callable<Boolean> once(String name, Ledger.Work work) {
    return () -> {
      ledger.once(event(name, 1), work);
      return true;
    };
  }

  private static ReceivedEvent event(String name, long version) {
    var user =
        new UserKey(
            new TenantId("acme"),
            new UserId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))));
    return new Deleted(
        new Envelope(
            new EventId(UUID.nameUUIDFromBytes((name + version).getBytes(StandardCharsets.UTF_8))),
            user,
            new Version(version),
            Instant.EPOCH,
            false,
            new JsonText("{}")));
  }
}
